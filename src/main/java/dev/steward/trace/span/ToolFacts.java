// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import org.jspecify.annotations.Nullable;

/// Facts of a tool call.
///
/// @param server the tool server, where the sender names one
/// @param callId the id that the model gave its request
public record ToolFacts(
    String name, @Nullable String server, @Nullable String callId, @Nullable String type) {

  /// The name that the tool's own server gives it: what is offered by several servers in one list
  /// is called `server__tool` there.
  public String own() {
    int mark = name.lastIndexOf("__");
    return mark < 0 || mark + 2 == name.length() ? name : name.substring(mark + 2);
  }
}
