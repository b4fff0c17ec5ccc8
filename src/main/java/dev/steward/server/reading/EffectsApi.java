// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reading;

import dev.steward.control.state.State;
import dev.steward.domain.SpanKind;
import dev.steward.domain.resource.ToolServer;
import dev.steward.server.access.Need;
import dev.steward.server.api.Sight;
import dev.steward.server.history.History;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.trace.effect.RunEffect;
import dev.steward.trace.effect.RunEffects;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What runs did to the world.
public final class EffectsApi {
  private final Supplier<State> state;
  private final History history;

  public EffectsApi(Supplier<State> state, History history) {
    this.state = state;
    this.history = history;
  }

  /// One call that changed something.
  ///
  /// @param server "" where none is declared
  /// @param effect write, irreversible, money, message, delete or execute
  /// @param passage gateway, local, or ungoverned for one that went past it
  /// @param outcome done or failed
  /// @param arguments null where they may not be read or are not kept
  /// @param reversibleBy tool that undoes it, "" where none is declared
  /// @param compensation none, compensated or unknown
  /// @param compensatedBy span that undid it, "" for none
  /// @param proposedBy span of the model step that proposed it, "" where none is known
  public record EffectItem(
      String spanId,
      Instant at,
      String server,
      String tool,
      String effect,
      String passage,
      String outcome,
      @Nullable String arguments,
      String reversibleBy,
      String compensation,
      String compensatedBy,
      String proposedBy,
      boolean unattributed) {}

  /// In order of time.
  ///
  /// @param unknown how many calls are of a tool whose effect nobody declared
  public record EffectList(List<EffectItem> items, int unknown) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/runs/{id}/effects", Need.READ)
            .about(
                "Runs",
                "Every write, payment, message and other effect of the run, whether it can be and"
                    + " was undone, and whether it went past the gateway.")
            .gives(EffectList.class)
            .by(this::effects));
  }

  private Reply effects(Exchange exchange) {
    Sight sight = new Sight(exchange.caller(), state.get());
    String id = exchange.pathParameter("id");
    Run run = sight.seen(history.traces().run(id), id);
    TraceSight trace = TraceSight.outline(run, sight, history.traces());
    Set<String> calls = new TreeSet<>();
    List<Span> spans = new ArrayList<>();
    for (Span span : trace.seen()) {
      if (span.kind() == SpanKind.TOOL) {
        calls.add(span.key().spanId());
      } else {
        spans.add(span);
      }
    }
    spans.addAll(history.traces().spans(run.traceId(), calls));
    RunEffects effects = RunEffects.of(spans, state.get().all(ToolServer.class));
    List<EffectItem> items = new ArrayList<>();
    for (RunEffect effect : effects.effects()) {
      items.add(item(effect, trace.allRead()));
    }
    return Reply.json(new EffectList(items, effects.unknown()));
  }

  private static EffectItem item(RunEffect effect, boolean reads) {
    Message arguments = effect.span().content().arguments();
    return new EffectItem(
        effect.span().key().spanId(),
        effect.span().startedAt(),
        effect.server(),
        effect.tool(),
        effect.effect().word(),
        effect.passage().name().toLowerCase(Locale.ROOT),
        effect.outcome().name().toLowerCase(Locale.ROOT),
        reads && arguments != null ? arguments.json() : null,
        effect.reversible(),
        effect.compensation().name().toLowerCase(Locale.ROOT),
        effect.compensatedBy(),
        effect.proposedBy(),
        effect.unattributed());
  }
}
