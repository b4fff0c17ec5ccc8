// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import dev.steward.console.answer.Answer.Evidence;
import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.console.frame.Mark;
import dev.steward.console.frame.Mark.Tone;
import dev.steward.domain.Cost;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Whether every call that costs money has a known price.
record AccountedCost(Matter matter) {

  Answer answer() {
    RunCost cost = matter.run().cost();
    int all = cost.priced() + cost.unknown();
    List<Evidence> evidence = new ArrayList<>();
    if (all > 0) {
      evidence.add(
          Evidence.of(
              "%s of %s priced%s"
                  .formatted(
                      Figures.count(cost.priced()),
                      Figures.of(all, "model call", "model calls"),
                      sources())));
      unknown(evidence);
    }
    evidence.add(Evidence.of(tokens(matter.run())));
    return new Answer("Cost accounted for?", mark(cost), evidence);
  }

  private static Mark mark(RunCost cost) {
    String amount = Figures.money(cost.amount()) + " " + cost.currency();
    if (cost.known()) {
      return new Mark(Tone.OK, amount + ", all of it");
    }
    if (cost.unknown() == 0) {
      return new Mark(Tone.OK, "Nothing with a price");
    }
    return cost.priced() == 0
        ? new Mark(Tone.UNKNOWN, "Unknown")
        : new Mark(Tone.WARNING, "At least " + amount);
  }

  private String sources() {
    TreeSet<String> sources = new TreeSet<>();
    for (SpanTree.Node node : matter.tree().nodes()) {
      if (node.span().cost() instanceof Cost.Known known) {
        sources.add(CostText.source(known));
      }
    }
    return sources.isEmpty() ? "" : ", " + String.join(" and ", sources);
  }

  private void unknown(List<Evidence> evidence) {
    for (SpanTree.Node node : matter.tree().nodes()) {
      Span span = node.span();
      if (span.cost() instanceof Cost.Unknown unknown) {
        evidence.add(
            new Evidence(
                "Unknown for "
                    + Figures.count(matter.run().cost().unknown())
                    + ": "
                    + unknown.reason(),
                matter.step(span)));
        return;
      }
    }
  }

  private static String tokens(Run run) {
    if (run.modelCalls() == 0) {
      return "No model was called";
    }
    if (run.inputTokens() == null && run.outputTokens() == null) {
      return "No tokens were told";
    }
    return side(run.inputTokens(), " tokens in") + ", " + side(run.outputTokens(), " out");
  }

  private static String side(@org.jspecify.annotations.Nullable Long count, String words) {
    return (count == null ? "Unknown" : Figures.count(count)) + words;
  }
}
