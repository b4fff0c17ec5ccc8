// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.pages;

import dev.steward.console.view.CallBindings;
import dev.steward.domain.Digest;
import dev.steward.server.log.CallProofs;
import dev.steward.server.log.CallProofs.Bound;
import dev.steward.server.log.CallProofs.Found;
import dev.steward.trace.evidence.CallEvidence;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Holds calls that a page shows against the activity ledger.
public final class ActivityBindings implements CallBindings {
  /// As many as are read in some ten milliseconds.
  private static final int ENTRIES_MAX = 2_000;

  private final CallProofs proofs;

  public ActivityBindings(CallProofs proofs) {
    this.proofs = proofs;
  }

  @Override
  public List<Binding> of(List<Span> calls) {
    Map<String, Instant> received = new HashMap<>();
    calls.forEach(call -> received.put(call.key().spanId(), call.received()));
    Found found = proofs.find(received, ENTRIES_MAX);
    List<Binding> bindings = new ArrayList<>();
    for (Span call : calls) {
      String id = call.key().spanId();
      if (!found.left().contains(id)) {
        Bound bound = found.bound().get(id);
        bindings.add(
            new Binding(
                id,
                CallProofs.verdict(bound, Digest.of(CallEvidence.text(call))),
                bound == null ? null : bound.entry()));
      }
    }
    return bindings;
  }
}
