// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import static dev.steward.trace.SpanDraft.NOON;
import static dev.steward.trace.SpanDraft.id;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.insight.dialogue.Dialogue.Returned;
import dev.steward.trace.BatchDraft;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import dev.steward.trace.tail.InMemorySpanStore;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunSpansTest {
  private final InMemorySpanStore store =
      new InMemorySpanStore(_ -> Optional.empty(), Silence.DEFAULT, () -> NOON.plusSeconds(600));
  private final Map<String, Integer> loaded = new HashMap<>();

  @Test
  void ofATraceOfManyRunsEachSpanIsLoadedOnce() {
    List<SpanDraft> drafts = new ArrayList<>();
    for (int run = 0; run < 5; run++) {
      int first = 10 * run + 1;
      drafts.add(span(SpanKind.AGENT, 1, first).at(run).by("clerk"));
      drafts.add(
          span(SpanKind.TOOL, 1, first + 1)
              .under(first)
              .at(run)
              .tool("look", "c" + run)
              .says(returning("\"found " + run + "\"")));
    }
    store.write(BatchDraft.of(drafts.toArray(SpanDraft[]::new)));

    List<Run> runs = store.runs(RunQuery.newest(9)).items();
    assertThat(runs).hasSize(5);
    for (Run run : runs) {
      List<Span> all = store.spans(run.traceId());
      assertThat(RunSpans.of(run, counting())).hasSize(2).isEqualTo(RunSpans.of(run, all));
      assertThat(RunSpans.dialogue(run, counting()).parts())
          .hasSize(1)
          .allMatch(part -> part instanceof Returned told && told.result().startsWith("\"found"));
    }
    assertThat(loaded).hasSize(10).allSatisfy((_, times) -> assertThat(times).isEqualTo(2));
  }

  @Test
  void whatTheGatewayTellsOfACallIsLoadedWithIt() {
    store.write(
        BatchDraft.of(
            span(SpanKind.AGENT, 1, 1).by("clerk"),
            span(SpanKind.MODEL, 1, 2).under(1).at(1).model("gpt-5").answering("r1"),
            span(SpanKind.MODEL, 1, 3).under(2).at(1).model("gpt-5").answering("r1").byGateway(),
            span(SpanKind.AGENT, 1, 4).at(9).by("clerk")));
    Run run = store.run(trace(1)).orElseThrow();

    List<Span> spans = RunSpans.of(run, counting());
    assertThat(spans).isEqualTo(RunSpans.of(run, store.spans(trace(1))));
    assertThat(spans).extracting(each -> each.key().spanId()).containsExactly(id(1), id(2));
    assertThat(loaded).containsOnlyKeys(id(1), id(2), id(3));
  }

  private static Content returning(String result) {
    return new Content(List.of(), List.of(), null, null, null, Message.of(result), null);
  }

  /// The store, which counts what it loads with its content.
  private TraceQueries counting() {
    return (TraceQueries)
        Proxy.newProxyInstance(
            TraceQueries.class.getClassLoader(),
            new Class<?>[] {TraceQueries.class},
            (_, method, given) -> {
              Object answer = method.invoke(store, given);
              if (method.getName().equals("spans")) {
                for (Object span : (List<?>) answer) {
                  loaded.merge(((Span) span).key().spanId(), 1, Integer::sum);
                }
              }
              return answer;
            });
  }
}
