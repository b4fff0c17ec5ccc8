// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reading;

import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.server.access.Need;
import dev.steward.server.api.Sight;
import dev.steward.server.history.History;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.log.CallProofs;
import dev.steward.trace.evidence.CallEvidence;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether recorded model calls still say what they said when they were recorded.
public final class EvidenceApi {
  private final Supplier<State> state;
  private final History history;
  private final CallProofs proofs;

  public EvidenceApi(Supplier<State> state, History history, CallProofs proofs) {
    this.state = state;
    this.history = history;
    this.proofs = proofs;
  }

  /// What the activity ledger says of a call.
  public enum Verdict {
    /// It says what it said then.
    UNCHANGED,
    /// It says something else by now.
    CHANGED,
    /// No entry binds it (yet).
    UNBOUND
  }

  /// One call.
  ///
  /// @param text all that the call says by what is kept now, what was said as hashes; its SHA-256
  ///   is `digest`
  /// @param entry index in the activity ledger of the entry that binds the call, null without one
  /// @param bound the digest that stands in that entry's body
  public record Call(
      String spanId,
      Instant startedAt,
      Verdict verdict,
      String text,
      String digest,
      @Nullable Long entry,
      @Nullable String bound) {}

  /// The calls of one run.
  public record Calls(List<Call> items) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/runs/{id}/evidence", Need.READ)
            .about(
                "Runs",
                "The model and tool calls of the run that passed the gateway, each held against the"
                    + " entry of the activity ledger that binds it.")
            .gives(Calls.class)
            .by(this::calls));
  }

  private Reply calls(Exchange exchange) {
    Sight sight = new Sight(exchange.caller(), state.get());
    String id = exchange.pathParameter("id");
    Run run = sight.seen(history.traces().run(id), id);
    Set<String> seen = new HashSet<>();
    for (Span span : TraceSight.outline(run, sight, history.traces()).seen()) {
      if (CallEvidence.bound(span.kind())) {
        seen.add(span.key().spanId());
      }
    }
    List<Call> calls = new ArrayList<>();
    for (Span span : history.traces().spans(run.traceId(), seen)) {
      if (CallEvidence.concerns(span)) {
        calls.add(call(span));
      }
    }
    return Reply.json(new Calls(calls));
  }

  private Call call(Span span) {
    String text = CallEvidence.text(span);
    String digest = Digest.of(text).hex();
    Optional<CallProofs.Bound> found = proofs.find(span.key().spanId(), span.received());
    Verdict verdict =
        found
            .map(b -> b.digest().hex().equals(digest) ? Verdict.UNCHANGED : Verdict.CHANGED)
            .orElse(Verdict.UNBOUND);
    return new Call(
        span.key().spanId(),
        span.startedAt(),
        verdict,
        text,
        digest,
        found.map(CallProofs.Bound::entry).orElse(null),
        found.map(b -> b.digest().hex()).orElse(null));
  }
}
