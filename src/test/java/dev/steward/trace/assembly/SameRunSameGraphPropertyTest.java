// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.trace.BatchDraft;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.graph.AgentGraph;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.tail.InMemorySpanStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// SameRunSameGraph: however the spans of a trace arrive, they end as the same runs, the same tree
/// and the same agent graph.
class SameRunSameGraphPropertyTest {
  private static final SpanKind[] KINDS = SpanKind.values();

  @Property(tries = 300)
  void arrivalOrderNeverShows(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size, @ForAll long order) {
    List<Span> spans = trace1(new Random(seed), size);
    InMemorySpanStore inOrder = store();
    inOrder.write(BatchDraft.of(spans));
    InMemorySpanStore shuffled = store();
    Random random = new Random(order);
    List<Span> arrivals = new ArrayList<>(spans);
    spans.stream().filter(_ -> random.nextInt(4) == 0).forEach(arrivals::add);
    Collections.shuffle(arrivals, random);
    for (int from = 0; from < arrivals.size(); ) {
      int to = Math.min(arrivals.size(), from + 1 + random.nextInt(5));
      shuffled.write(BatchDraft.of(arrivals.subList(from, to)));
      runs(shuffled);
      from = to;
    }

    assertThat(runs(shuffled)).isEqualTo(runs(inOrder)).isNotEmpty();
    List<Span> stored = shuffled.spans(trace(1));
    assertThat(stored).isEqualTo(inOrder.spans(trace(1)));
    Collections.shuffle(arrivals, random);
    List<Span> once = new ArrayList<>(new java.util.LinkedHashSet<>(arrivals));
    assertThat(SpanTree.of(once)).isEqualTo(SpanTree.of(stored));
    assertThat(AgentGraph.of(once)).isEqualTo(AgentGraph.of(stored));
    assertThat(SpanTree.of(once).nodes()).hasSize(size);
  }

  @Property(tries = 200)
  void everySpanCountsInExactlyOneRun(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
    InMemorySpanStore store = store();
    store.write(BatchDraft.of(trace1(new Random(seed), size)));

    assertThat(runs(store).stream().mapToInt(Run::spans).sum()).isEqualTo(size);
  }

  @Property(tries = 200)
  void callsBesideEachOtherCountEachWhateverTheirIds(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int calls) {
    Random random = new Random(seed);
    List<Span> spans = new ArrayList<>();
    spans.add(span(SpanKind.AGENT, 1, 1).by("lead").build());
    for (int id = 2; id < calls + 2; id++) {
      String tool = "tool" + random.nextInt(2);
      String callId = random.nextInt(3) == 0 ? null : "c" + random.nextInt(3);
      spans.add(span(SpanKind.TOOL, 1, id).under(1).tool(tool, callId).build());
      if (random.nextBoolean()) {
        spans.add(span(SpanKind.TOOL, 1, 100 + id).under(id).tool(tool, callId).build());
      }
    }
    Collections.shuffle(spans, random);
    InMemorySpanStore store = store();
    store.write(BatchDraft.of(spans));

    assertThat(runs(store).getFirst().toolCalls()).isEqualTo(calls);
    assertThat(AgentGraph.of(spans).edges().stream().mapToInt(AgentGraph.Edge::calls).sum())
        .isEqualTo(calls);
  }

  private static List<Run> runs(InMemorySpanStore store) {
    return store.runs(RunQuery.newest(1000)).items();
  }

  private static InMemorySpanStore store() {
    return new InMemorySpanStore(
        agent -> Optional.empty(), Silence.DEFAULT, () -> SpanDraft.NOON.plusSeconds(30));
  }

  /// A trace with missing parents, circles, links, tool calls told twice and equal start times.
  private static List<Span> trace1(Random random, int size) {
    List<Span> spans = new ArrayList<>();
    for (int id = 1; id <= size; id++) {
      SpanDraft draft =
          span(KINDS[random.nextInt(KINDS.length)], 1, id)
              .at(random.nextInt(6))
              .lasting(Duration.ofSeconds(random.nextInt(4) - 1L))
              .receivedAfter(Duration.ofSeconds(random.nextInt(3)))
              .tool("tool" + random.nextInt(3), random.nextBoolean() ? "c" + id / 3 : null)
              .model("m" + random.nextInt(3));
      if (random.nextInt(5) > 0) {
        draft.under(1 + random.nextInt(size + 2));
      }
      if (random.nextBoolean()) {
        draft.by("agent" + random.nextInt(3)).version("v" + random.nextInt(2));
      }
      if (random.nextBoolean()) {
        draft.usage(random.nextInt(9), random.nextInt(9)).cost("0." + random.nextInt(999));
      }
      if (random.nextInt(4) == 0) {
        draft.failed();
      }
      if (random.nextInt(4) == 0) {
        draft.links(
            new Raw.Link(new SpanKey(trace(1), SpanDraft.id(1 + random.nextInt(size))), "{}"));
      }
      if (random.nextInt(3) == 0) {
        draft.says(
            new Content(
                List.of(SpanDraft.user("q" + id)),
                List.of(
                    dev.steward.trace.span.Message.of(
                        "{\"parts\":[{\"type\":\"tool_call\",\"id\":\"c" + id / 3 + "\"}]}")),
                null,
                null,
                null,
                null,
                null));
      }
      spans.add(draft.build());
    }
    return spans;
  }
}
