// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import dev.steward.console.conversation.ToolEffects;
import dev.steward.console.frame.PageUrl;
import dev.steward.console.view.LedgerReading;
import dev.steward.control.state.State;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.util.List;

/// All that the four answers are made from.
///
/// @param evaluations of the run's trace
/// @param readsLedger whether the reader may look at the ledger
public record Matter(
    Run run,
    SpanTree tree,
    List<Evaluation> evaluations,
    State state,
    ToolEffects effects,
    LedgerReading.Head ledger,
    boolean readsLedger) {

  public Matter {
    evaluations = List.copyOf(evaluations);
  }

  /// The four answers in the order of their questions.
  public List<Answer> answers() {
    return List.of(
        new RightAction(this).answer(),
        new RightPolicy(this).answer(),
        new AccountedCost(this).answer(),
        new Provable(this).answer());
  }

  String base() {
    return "/runs/" + PageUrl.segment(run.id());
  }

  /// The address of a span's step.
  String step(Span span) {
    String id = span.key().spanId();
    return PageUrl.of(base()).with("step", id) + "#s-" + id;
  }
}
