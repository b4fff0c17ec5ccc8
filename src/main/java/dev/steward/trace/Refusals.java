// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import dev.steward.trace.span.Span;

/// Makes the dead letter of a span that was read and that the store must not take.
@FunctionalInterface
public interface Refusals {
  /// A letter of that span alone.
  ///
  /// @param span one of the batch's own, not an equal one
  DeadLetter letter(Span span, String reason);
}
