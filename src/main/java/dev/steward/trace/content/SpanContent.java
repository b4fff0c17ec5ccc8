// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import dev.steward.trace.span.Content;
import java.util.List;

/// The content of a span and what was written inside its messages though it is a fact of the call.
///
/// @param finishReasons in the order of the choices
public record SpanContent(Content content, List<String> finishReasons) {
  public static final SpanContent NONE = new SpanContent(Content.NONE, List.of());
}
