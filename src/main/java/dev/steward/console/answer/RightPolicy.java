// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import dev.steward.console.answer.Answer.Evidence;
import dev.steward.console.format.Figures;
import dev.steward.console.frame.Mark;
import dev.steward.console.frame.Mark.Tone;
import dev.steward.domain.SpanKind;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;

/// Whether a policy decided what the run did. The run's calls did not pass this server, so that it
/// is unknown; the agent's own checks are told, which are no policy of this server.
record RightPolicy(Matter matter) {

  Answer answer() {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Evidence.of("No policy decided this run: its calls were told of, and did not pass here"));
    checks(evidence);
    return new Answer("Right policy?", new Mark(Tone.UNKNOWN, "Unknown"), evidence);
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
