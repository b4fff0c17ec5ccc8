// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import dev.steward.console.answer.Answer.Evidence;
import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.console.part.Mark;
import dev.steward.console.part.Mark.Tone;
import dev.steward.domain.Cost;
import dev.steward.domain.Spend;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Whether every call that costs money has a known price.
record AccountedCost(Matter matter) {

  Answer answer() {
    RunCost cost = matter.run().cost();
    List<Evidence> evidence = new ArrayList<>();
    parts(evidence);
    if (cost.unknown() > 0) {
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

  /// A line for each thing that money went to, its amount where it is not the whole.
  private void parts(List<Evidence> evidence) {
    Map<Spend, RunCost> costs = matter.costs();
    for (Spend what : Spend.values()) {
      RunCost part = costs.get(what);
      if (part == null) {
        continue;
      }
      String words =
          Figures.count(part.priced())
              + " of "
              + Figures.of(part.priced() + part.unknown(), one(what), many(what))
              + " priced";
      evidence.add(
          costs.size() == 1 && what == Spend.MODEL
              ? Evidence.of(words + sources())
              : new Evidence(amount(part) + " for " + words, matter.costs(what)));
    }
  }

  private static String amount(RunCost part) {
    return part.priced() == 0
        ? "Unknown"
        : (part.known() ? "" : "At least ") + Figures.money(part.amount()) + " " + part.currency();
  }

  private static String one(Spend what) {
    return switch (what) {
      case MODEL -> "model call";
      case TOOL -> "tool call";
      case API -> "API call";
      case RETRIEVAL -> "search";
      case COMPUTE -> "use of a machine";
      case REVIEW -> "review by a person";
    };
  }

  private static String many(Spend what) {
    return switch (what) {
      case MODEL -> "model calls";
      case TOOL -> "tool calls";
      case API -> "API calls";
      case RETRIEVAL -> "searches";
      case COMPUTE -> "uses of a machine";
      case REVIEW -> "reviews by people";
    };
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
      if (span.total() instanceof Cost.Unknown unknown) {
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
