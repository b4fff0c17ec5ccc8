// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.graph;

import static dev.steward.trace.SpanDraft.id;
import static dev.steward.trace.SpanDraft.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTreeTest {
  private static List<String> drawn(SpanDraft... drafts) {
    return SpanTree.of(Arrays.stream(drafts).map(SpanDraft::build).toList()).nodes().stream()
        .map(node ->
            Long.parseLong(node.span().key().spanId(), 16)
                + " at "
                + node.depth()
                + " below "
                + node.parent()
                + " "
                + node.place())
        .toList();
  }

  @Test
  void goesDepthFirstWithChildrenByStart() {
    assertThat(
            drawn(
                span(SpanKind.TOOL, 1, 4).under(2).at(9),
                span(SpanKind.TOOL, 1, 3).under(1).at(2),
                span(SpanKind.TOOL, 1, 2).under(1).at(1),
                span(SpanKind.AGENT, 1, 1),
                span(SpanKind.AGENT, 1, 5).at(20)))
        .containsExactly(
            "1 at 0 below -1 ROOT",
            "2 at 1 below 0 CHILD",
            "4 at 2 below 1 CHILD",
            "3 at 1 below 0 CHILD",
            "5 at 0 below -1 ROOT");
  }

  @Test
  void aSpanWhoseParentIsMissingStandsAtTheTop() {
    assertThat(drawn(span(SpanKind.AGENT, 1, 1), span(SpanKind.TOOL, 1, 2).under(9).at(1)))
        .containsExactly("1 at 0 below -1 ROOT", "2 at 0 below -1 ORPHAN");
  }

  @Test
  void aCircleIsCutAtItsFirstSpan() {
    assertThat(
            drawn(
                span(SpanKind.STEP, 1, 3).under(2).at(3),
                span(SpanKind.STEP, 1, 2).under(1).at(2),
                span(SpanKind.STEP, 1, 1).under(3).at(1),
                span(SpanKind.STEP, 1, 4).under(4).at(4)))
        .containsExactly(
            "1 at 0 below -1 CUT",
            "2 at 1 below 0 CHILD",
            "3 at 2 below 1 CHILD",
            "4 at 0 below -1 CUT");
  }

  @Test
  void fiftyThousandSpansBelowEachOtherAreNoTrouble() {
    List<Span> chain = new ArrayList<>();
    for (int i = 1; i <= 50_000; i++) {
      SpanDraft draft = span(SpanKind.STEP, 1, i);
      chain.add((i > 1 ? draft.under(i - 1L) : draft).build());
    }
    SpanTree tree = SpanTree.of(chain);

    assertThat(tree.nodes().getLast().depth()).isEqualTo(49_999);
    assertThat(tree.nodes().getLast().span().key().spanId()).isEqualTo(id(50_000));
    assertThat(AgentGraph.of(chain).nodes()).isEmpty();
  }
}
