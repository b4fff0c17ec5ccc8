// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.signal;

import dev.steward.control.state.State;
import dev.steward.insight.dialogue.Dialogue;
import dev.steward.insight.failure.SilentFailures;
import dev.steward.insight.failure.SilentFailures.SilentFailure;
import dev.steward.insight.grounding.Claim;
import dev.steward.insight.grounding.Groundedness;
import dev.steward.insight.window.RunSpans;
import dev.steward.server.access.Need;
import dev.steward.server.api.Sight;
import dev.steward.server.history.History;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.trace.run.Run;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is concluded from what was said in one run.
public final class RunSignalsApi {
  private final Supplier<State> state;
  private final History history;

  public RunSignalsApi(Supplier<State> state, History history) {
    this.state = state;
    this.history = history;
  }

  /// What the run's answers rest on, and the errors that it passed over.
  public record RunSignals(String run, GroundedItem groundedness, SilentItem silentFailures) {}

  /// Numbers, ids, dates and quotes of the answers.
  ///
  /// @param known false where what was said was not captured; nothing else is known then
  /// @param why it is not known, "" where it is
  /// @param claims how many there are, each once
  /// @param share of them that have a source; null where there are none
  /// @param ungrounded how many have no source
  /// @param listed the first of those
  public record GroundedItem(
      boolean known,
      String why,
      @Nullable Integer claims,
      @Nullable Double share,
      @Nullable Integer ungrounded,
      List<ClaimItem> listed) {}

  /// Something definite without a source.
  ///
  /// @param kind number, id, date, time or quote
  /// @param words as the answer has them; null where they may not be read
  /// @param spanId of the turn that says it
  public record ClaimItem(String kind, @Nullable String words, String spanId) {}

  /// Results of tools that say an error while their spans say none, after which the agent went on
  /// without trying again and without telling.
  ///
  /// @param known false where what was said was not captured
  /// @param why it is not known, "" where it is
  /// @param results that could be read
  public record SilentItem(
      boolean known, String why, @Nullable Integer results, List<SilentFailureItem> listed) {}

  /// One of them.
  ///
  /// @param error its first words; null where they may not be read
  public record SilentFailureItem(String spanId, String tool, @Nullable String error) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/runs/{id}/signals", Need.READ)
            .about(
                "Runs",
                "Which numbers, ids, dates and quotes of the run's answers have no source in what"
                    + " it was told or its tools returned, and which errors of tools it passed"
                    + " over.")
            .gives(RunSignals.class)
            .by(this::signals));
  }

  private Reply signals(Exchange exchange) {
    Sight sight = new Sight(exchange.caller(), state.get());
    String id = exchange.pathParameter("id");
    Run run = sight.seen(history.traces().run(id), id);
    Dialogue dialogue = RunSpans.dialogue(run, history.traces());
    boolean reads = sight.readsContent(run);
    return Reply.json(
        new RunSignals(
            run.id(),
            item(Groundedness.of(dialogue), reads),
            item(SilentFailures.of(dialogue), reads)));
  }

  private static GroundedItem item(Groundedness grounded, boolean reads) {
    return switch (grounded) {
      case Groundedness.Unknown(String why) ->
          new GroundedItem(false, why, null, null, null, List.of());
      case Groundedness.Known known ->
          new GroundedItem(
              true,
              "",
              known.claims(),
              known.claims() == 0 ? null : Double.valueOf(known.share()),
              known.ungrounded(),
              known.listed().stream().map(claim -> item(claim, reads)).toList());
    };
  }

  private static ClaimItem item(Claim claim, boolean reads) {
    return new ClaimItem(claim.kind().word(), reads ? claim.words() : null, claim.spanId());
  }

  private static SilentItem item(SilentFailures silent, boolean reads) {
    return switch (silent) {
      case SilentFailures.Unknown(String why) -> new SilentItem(false, why, null, List.of());
      case SilentFailures.Known(int results, List<SilentFailure> failures) ->
          new SilentItem(
              true,
              "",
              results,
              failures.stream()
                  .map(each ->
                      new SilentFailureItem(
                          each.spanId(), each.tool(), reads ? each.error() : null))
                  .toList());
    };
  }
}
