// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.view;

import dev.steward.trace.evidence.CallVerdict;
import dev.steward.trace.span.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether calls that passed the gateway still say what they said when they were recorded.
@FunctionalInterface
public interface CallBindings {
  /// @param calls as they are kept, with all that was said
  /// @return what the activity ledger says of each, in their order; those that would take too long
  ///   to look for are left out
  List<Binding> of(List<Span> calls);

  /// One call.
  ///
  /// @param entry index in the activity ledger of the entry that binds it, null without one
  record Binding(String spanId, CallVerdict verdict, @Nullable Long entry) {}
}
