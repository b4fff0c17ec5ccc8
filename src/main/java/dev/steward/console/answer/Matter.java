// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import dev.steward.console.conversation.ToolEffects;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.filter.TimeRange;
import dev.steward.console.view.LedgerReading;
import dev.steward.control.state.State;
import dev.steward.domain.Percent;
import dev.steward.domain.Spend;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// All that the four answers are made from.
///
/// @param evaluations of the run's trace
/// @param ledger of control
/// @param bound what the activity ledger says of its calls
/// @param costs of the run by what they went to
/// @param readsLedger whether the reader may look at the ledger
public record Matter(
    Run run,
    SpanTree tree,
    List<Evaluation> evaluations,
    State state,
    ToolEffects effects,
    LedgerReading.Head ledger,
    CallSample bound,
    Map<Spend, RunCost> costs,
    boolean readsLedger) {

  /// Cost is counted by the minute.
  private static final Duration AROUND = Duration.ofMinutes(1);

  public Matter {
    evaluations = List.copyOf(evaluations);
    costs = Map.copyOf(costs);
  }

  /// The four answers in the order of their questions.
  public List<Answer> answers() {
    List<PolicyCall> calls = PolicyCalls.of(tree);
    return List.of(
        new RightAction(this).answer(),
        new RightPolicy(this, calls).answer(),
        new AccountedCost(this).answer(),
        new Provable(this, calls).answer());
  }

  String base() {
    return "/runs/" + Percent.encoded(run.id());
  }

  /// The address of what the run spent on one thing.
  String costs(Spend what) {
    return PageUrl.of("/cost")
        .with("run", run.id())
        .with("what", what.word())
        .with("by", "step")
        .with("range", TimeRange.between(run.startedAt().minus(AROUND), until().plus(AROUND)))
        .toString();
  }

  private Instant until() {
    Instant ended = run.endedAt();
    return ended == null ? run.lastSeen() : ended;
  }

  /// The address of a span's step.
  String step(Span span) {
    String id = span.key().spanId();
    return PageUrl.of(base()).with("step", id) + "#s-" + id;
  }
}
