// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

/// What decides on the lists that a caller gets of servers, as texts that are the same as long as
/// nothing of ours changes them.
///
/// @param tools that it may see, with their definitions
/// @param features rules and tools on which it depends what else it may see
public record ListView(String tools, String features) {
  /// Of a caller that may see nothing.
  public static final ListView NOTHING = new ListView("", "");
}
