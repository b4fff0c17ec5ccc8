// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.SpanScript;
import dev.steward.console.stage.Stories;
import dev.steward.console.turn.Block;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LongConversationTest {
  private static final Instant START = Instant.parse("2026-11-21T03:06:22Z");
  private static final List<Span> SPANS = Stories.endless(START, 4_001);

  private final List<Integer> read = new ArrayList<>();
  private final LongConversation parts =
      new LongConversation(
          "coder",
          ToolEffects.NONE,
          false,
          SpanTree.of(SPANS.stream().map(Span::outline).toList()),
          this::read);

  private List<Span> read(Set<String> ids) {
    read.add(ids.size());
    return SPANS.stream().filter(span -> ids.contains(span.key().spanId())).toList();
  }

  @Test
  void aPartReadsAsItDoesInTheWhole() {
    Conversation whole = Conversation.of("coder", SpanTree.of(SPANS), true);
    List<Step> shown = parts.steps(1_000, 200);
    List<List<Block>> same =
        whole.steps(0, 5_000).stream()
            .filter(step -> shown.stream().anyMatch(s -> s.anchor().equals(step.anchor())))
            .map(Step::blocks)
            .toList();
    assertThat(shown).hasSize(200).extracting(Step::blocks).isEqualTo(same);
  }

  @Test
  void onlyWhatIsShownAndAFewMoreAreRead() {
    parts.steps(2_000, 200);
    assertThat(read).singleElement().satisfies(count -> assertThat(count).isBetween(200, 210));
  }

  @Test
  void theFirstPartBeginsWithTheGoalAndTheLastOneEndsWithTheLastStep() {
    List<Step> first = parts.steps(0, 200);
    assertThat(first.getFirst().kind()).isEqualTo(Step.Kind.SAID);
    assertThat(first.getFirst().blocks().getFirst().toString()).contains("flaky test in billing");
    List<Step> last = parts.steps(parts.size() - 10, 200);
    assertThat(last.getLast().spanId())
        .isEqualTo(SpanTree.of(SPANS).nodes().getLast().span().key().spanId());
  }

  @Test
  void noNumberIsShownTwice() {
    List<Step> first = parts.steps(0, 200);
    assertThat(first.getFirst().numeral()).isEmpty();
    assertThat(first)
        .extracting(Step::numeral)
        .filteredOn(numeral -> !numeral.isEmpty())
        .hasSize(200)
        .doesNotHaveDuplicates();
  }

  @Test
  void aStepIsFoundAndShownWhole() {
    String span = parts.steps(3_000, 1).getFirst().spanId();
    assertThat(parts.indexOf(span)).isEqualTo(3_000);
    assertThat(parts.whole(span)).singleElement().extracting(Step::number).isEqualTo(3_001);
    assertThat(parts.indexOf("0000000000000000")).isEqualTo(-1);
  }

  @Test
  void aPlanIsFoundWhereverAReaderIsAndReasoningInThePartThatIsShown() {
    SpanScript script = new SpanScript(9, "coder", "staging", START);
    script.agent(
        "coder",
        "Make it green.",
        true,
        null,
        () -> {
          for (int i = 0; i < 2_000; i++) {
            String words = i == 3 ? "My plan for today:\n1. look\n2. mend" : "Step " + i;
            script.model("m", 1, 10, 10, null, i % 500 == 7 ? "<think>hm</think>so" : words);
          }
        });
    List<Span> spans = script.spans();
    LongConversation told =
        new LongConversation(
            "coder",
            ToolEffects.NONE,
            false,
            SpanTree.of(spans.stream().map(Span::outline).toList()),
            ids -> spans.stream().filter(span -> ids.contains(span.key().spanId())).toList());
    told.steps(1_000, 200);
    assertThat(places(told, "Plan")).containsExactly(4);
    assertThat(places(told, "Reasoning, as stated, in this part")).containsExactly(1_008);
    told.steps(0, 200);
    assertThat(places(told, "Plan")).containsExactly(4);
    assertThat(places(told, "Reasoning, as stated, in this part")).containsExactly(8);
  }

  private static List<Integer> places(LongConversation told, String name) {
    return told.landmarks().stream()
        .filter(landmark -> landmark.name().equals(name))
        .flatMap(landmark -> landmark.places().stream())
        .map(Landmark.Place::number)
        .toList();
  }

  @Test
  void itsFirstAndLastWordsAreReadAlone() {
    List<Step> ends = new ArrayList<>();
    Set<Landmark.Place> taken = new HashSet<>();
    for (Landmark landmark : parts.landmarks()) {
      if (landmark.name().equals("Goal") || landmark.name().equals("Ended at")) {
        taken.add(landmark.places().getFirst());
        parts.step(landmark.places().getFirst()).ifPresent(ends::add);
      }
    }
    assertThat(ends.getFirst().blocks().toString()).contains("flaky test in billing");
    assertThat(parts.besides(taken)).isEqualTo(parts.size() - 1);
    assertThat(read.stream().mapToInt(Integer::intValue).sum()).isLessThan(100);
  }

  @Test
  void whatReadersLookForIsCountedInAllOfIt() {
    parts.steps(0, 200);
    assertThat(parts.landmarks())
        .extracting(Landmark::name)
        .contains("Goal", "Tool calls", "Errors");
    assertThat(parts.landmarks())
        .filteredOn(landmark -> landmark.name().equals("Tool calls"))
        .singleElement()
        .extracting(Landmark::count)
        .isEqualTo(2_000);
  }
}
