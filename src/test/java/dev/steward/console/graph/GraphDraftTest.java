// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.graph.GraphPicture.Box;
import dev.steward.console.graph.GraphPicture.Line;
import dev.steward.console.stage.Stories;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GraphDraftTest {
  private static final Instant START = Instant.parse("2026-11-21T03:06:22Z");

  private static GraphPicture draw(List<Span> spans, boolean readsContent) {
    return new GraphDraft(
            SpanTree.of(spans),
            readsContent,
            ids -> spans.stream().filter(s -> ids.contains(s.key().spanId())).toList())
        .draw();
  }

  @Test
  void theSameRunGivesTheSamePictureInWhateverOrderItArrives() {
    List<Span> spans = new ArrayList<>(Stories.handOver(START));
    GraphPicture picture = draw(spans, true);
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(spans, new Random(seed));
      assertThat(draw(spans, true)).isEqualTo(picture);
    }
  }

  @Test
  void callersStandLeftOfWhatTheyCallAndNoBoxCoversAnother() {
    GraphPicture picture = draw(Stories.handOver(START), true);
    assertThat(picture.boxes())
        .extracting(Box::name)
        .contains("refunds", "fraud-check", "payments/refund", "crm/get_refund_history");
    assertThat(box(picture, "refunds").x()).isLessThan(box(picture, "fraud-check").x());
    assertThat(box(picture, "fraud-check").x())
        .isLessThan(box(picture, "crm/get_refund_history").x());
    for (Box one : picture.boxes()) {
      for (Box other : picture.boxes()) {
        boolean apart =
            one.equals(other)
                || Math.abs(one.x() - other.x()) >= GraphDraft.BOX_WIDTH
                || Math.abs(one.y() - other.y()) >= GraphDraft.BOX_HEIGHT;
        assertThat(apart).as(one.name() + " and " + other.name()).isTrue();
      }
      assertThat(one.x() + GraphDraft.BOX_WIDTH).isLessThanOrEqualTo(picture.width());
      assertThat(one.y() + GraphDraft.BOX_HEIGHT).isLessThanOrEqualTo(picture.height());
    }
  }

  @Test
  void edgesSayWhatWasPassedAndFailuresAreCounted() {
    GraphPicture picture = draw(Stories.handOver(START), true);
    assertThat(box(picture, "payments/refund").calls()).isEqualTo("2 calls, 1 failed");
    assertThat(picture.lines()).extracting(Line::label).anyMatch(l -> l.startsWith("×2 order_id"));
    assertThat(picture.rows())
        .anyMatch(row ->
            row.from().equals("refunds")
                && row.to().equals("fraud-check")
                && row.passed().startsWith("Check order W8842163"));
  }

  @Test
  void whoMayNotReadContentIsNotToldWhatWasPassed() {
    GraphPicture picture = draw(Stories.handOver(START), false);
    assertThat(picture.lines()).extracting(Line::label).allMatch(l -> l.matches("|×\\d+"));
    assertThat(picture.rows()).allMatch(row -> row.passed().isEmpty());
  }

  @Test
  void tenThousandCallsAreAFewBoxes() {
    GraphPicture picture = draw(Stories.endless(START, 10_001), true);
    assertThat(picture.boxes()).hasSize(3);
    assertThat(picture.boxes())
        .extracting(Box::calls)
        .contains("1 call", "5,000 calls")
        .anyMatch(calls -> calls.matches("5,000 calls, [0-9]+ failed"));
  }

  private static Box box(GraphPicture picture, String name) {
    return picture.boxes().stream().filter(b -> b.name().equals(name)).findFirst().orElseThrow();
  }
}
