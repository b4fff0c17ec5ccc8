// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import dev.steward.console.answer.Answer.Evidence;
import dev.steward.console.format.Figures;
import dev.steward.console.part.Mark;
import dev.steward.console.part.Mark.Tone;
import dev.steward.domain.SpanKind;
import dev.steward.trace.gateway.Enforced;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether what the run did was allowed by this server: of its model calls that passed the gateway
/// it is known, of the others not. The agent's own checks are told, which are no policy of this
/// server.
record RightPolicy(Matter matter) {

  /// What is known of the run's calls.
  private record Passing(
      int models, int passed, int denied, @Nullable Span firstDenied, int tools) {
    private static Passing of(List<SpanTree.Node> nodes) {
      int models = 0;
      int passed = 0;
      int denied = 0;
      int tools = 0;
      Span first = null;
      for (SpanTree.Node node : nodes) {
        Span span = node.span();
        tools += span.kind() == SpanKind.TOOL ? 1 : 0;
        if (span.kind() == SpanKind.MODEL) {
          models++;
          passed += span.teller().gateway() ? 1 : 0;
          if (isDenied(span)) {
            denied++;
            first = first == null ? span : first;
          }
        }
      }
      return new Passing(models, passed, denied, first, tools);
    }

    /// Only failed calls are read, since runs may be long.
    private static boolean isDenied(Span span) {
      return span.teller().gateway()
          && span.status() == Span.Status.ERROR
          && Enforced.of(span).filter(Enforced::denied).isPresent();
    }
  }

  Answer answer() {
    Passing passing = Passing.of(matter.tree().nodes());
    List<Evidence> evidence = new ArrayList<>();
    if (passing.passed() == 0) {
      evidence.add(
          Evidence.of("No policy decided this run: its calls were told of, and did not pass here"));
    } else {
      told(passing, evidence);
    }
    checks(evidence);
    return new Answer("Right policy?", mark(passing), evidence);
  }

  private static Mark mark(Passing passing) {
    Span denied = passing.firstDenied();
    if (denied != null) {
      String why = Enforced.of(denied).map(Enforced::refusal).orElse("");
      return new Mark(Tone.WARNING, "It was held: " + why);
    }
    if (passing.passed() == 0) {
      return new Mark(Tone.UNKNOWN, "Unknown");
    }
    return passing.passed() == passing.models() && passing.tools() == 0
        ? new Mark(Tone.OK, "Yes, all calls were allowed")
        : new Mark(Tone.UNKNOWN, "In part: its model calls");
  }

  private void told(Passing passing, List<Evidence> evidence) {
    int allowed = passing.passed() - passing.denied();
    evidence.add(
        Evidence.of(
            "%s of %s allowed by the gateway"
                .formatted(
                    Figures.count(allowed),
                    Figures.of(passing.models(), "model call", "model calls"))));
    Span denied = passing.firstDenied();
    if (denied != null) {
      evidence.add(new Evidence(Figures.count(passing.denied()) + " refused", matter.step(denied)));
    }
    if (passing.tools() > 0) {
      evidence.add(
          Evidence.of(
              Figures.of(passing.tools(), "tool call was", "tool calls were")
                  + " told of, and did not pass here"));
    }
  }

  private void checks(List<Evidence> evidence) {
    Span first = null;
    int checks = 0;
    for (SpanTree.Node node : matter.tree().nodes()) {
      if (node.span().kind() == SpanKind.GUARDRAIL) {
        checks++;
        first = first == null ? node.span() : first;
      }
    }
    if (first != null) {
      evidence.add(
          new Evidence(
              Figures.of(checks, "check", "checks") + " of the agent’s own", matter.step(first)));
    }
  }
}
