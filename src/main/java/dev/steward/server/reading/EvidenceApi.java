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
import dev.steward.server.log.CallProofs.Bound;
import dev.steward.trace.evidence.CallEvidence;
import dev.steward.trace.evidence.CallVerdict;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  /// One call.
  ///
  /// @param text all that the call says by what is kept now, what was said as hashes; its SHA-256
  ///   is `digest`
  /// @param entry index in the activity ledger of the entry that binds the call, null without one
  /// @param bound the digest that stands in that entry's body
  public record Call(
      String spanId,
      Instant startedAt,
      CallVerdict verdict,
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
    List<Span> recorded =
        history.traces().spans(run.traceId(), seen).stream()
            .filter(CallEvidence::concerns)
            .toList();
    Map<String, Instant> received = new HashMap<>();
    recorded.forEach(span -> received.put(span.key().spanId(), span.received()));
    Map<String, Bound> bound = proofs.find(received, Integer.MAX_VALUE).bound();
    List<Call> calls = new ArrayList<>();
    for (Span span : recorded) {
      calls.add(call(span, bound.get(span.key().spanId())));
    }
    return Reply.json(new Calls(calls));
  }

  private static Call call(Span span, @Nullable Bound bound) {
    String text = CallEvidence.text(span);
    Digest digest = Digest.of(text);
    return new Call(
        span.key().spanId(),
        span.startedAt(),
        CallProofs.verdict(bound, digest),
        text,
        digest.hex(),
        bound == null ? null : bound.entry(),
        bound == null ? null : bound.digest().hex());
  }
}
