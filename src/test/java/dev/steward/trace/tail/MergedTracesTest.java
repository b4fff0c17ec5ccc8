// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.tail;

import static dev.steward.trace.SpanDraft.NOON;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.Batch;
import dev.steward.trace.BatchDraft;
import dev.steward.trace.SpanStore;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQueryDraft;
import dev.steward.trace.run.RunStatus;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.tail.Subscription.Change;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergedTracesTest {
  private static final AgentDirectory NOBODY = agent -> Optional.empty();

  private Instant now = NOON.plusSeconds(60);
  private final LiveTail tail = new LiveTail(NOBODY, Silence.DEFAULT, () -> now);
  private final InMemorySpanStore store = new InMemorySpanStore(NOBODY, Silence.DEFAULT, () -> now);
  private final MergedTraces merged = new MergedTraces(tail);

  private void load(Batch batch) {
    tail.see(batch);
    store.write(batch);
    tail.loaded(batch, store);
  }

  private Run run(long trace) {
    return merged.run(trace(trace)).orElseThrow();
  }

  @Test
  void theTailAnswersAloneUntilHistoryIsThere() {
    store.write(BatchDraft.of(span(SpanKind.AGENT, 1, 1), span(SpanKind.TOOL, 2, 2).under(1)));
    tail.see(BatchDraft.of(span(SpanKind.AGENT, 3, 1)));

    assertThat(merged.attached()).isFalse();
    assertThat(merged.runs(RunQueryDraft.runs().build()).items()).hasSize(1);
    merged.attach(store, NOON);
    assertThat(merged.attached()).isTrue();
    assertThat(merged.runs(RunQueryDraft.runs().build()).items()).hasSize(3);
    assertThat(tail.run(trace(2))).isPresent();
    assertThat(tail.run(trace(1))).isEmpty();
  }

  @Test
  void aClosedRunLeavesTheTailOnceItIsLoaded() {
    merged.attach(store, NOON);
    Batch open = BatchDraft.of(span(SpanKind.TOOL, 1, 2).under(1));
    Batch close = BatchDraft.of(span(SpanKind.AGENT, 1, 1));
    load(open);
    assertThat(tail.run(trace(1))).isPresent();
    tail.see(close);
    assertThat(run(1).status()).isEqualTo(RunStatus.FINISHED);
    store.write(close);
    tail.loaded(close, store);

    assertThat(tail.run(trace(1))).isEmpty();
    assertThat(run(1).spans()).isEqualTo(2);
    assertThat(merged.spans(trace(1))).hasSize(2);
  }

  @Test
  void aLargeBlobIsInMemoryUntilItIsStored() {
    merged.attach(store, NOON);
    Message blob = Message.of('"' + "QUJD".repeat(4_000) + '"');
    Content content =
        new Content(List.of(), List.of(), null, null, null, null, null, List.of(blob));
    Batch open = BatchDraft.of(span(SpanKind.MODEL, 1, 2).under(1).says(content));

    tail.see(open);
    assertThat(tail.content(blob.hash())).isPresent();
    assertThat(tail.spans(trace(1)).getFirst().content().blobs()).isEmpty();
    store.write(open);
    tail.loaded(open, store);

    assertThat(tail.run(trace(1))).as("it goes on").isPresent();
    assertThat(tail.content(blob.hash())).isEmpty();
    assertThat(merged.content(blob.hash()).map(String::new)).contains(blob.json());
  }

  @Test
  void aRunThatGoesToTheStoreWhileItIsListedIsOnTheList() {
    Batch run = BatchDraft.of(span(SpanKind.AGENT, 1, 1));
    merged.attach(
        afterRuns(() -> {
          store.write(run);
          tail.loaded(run, store);
        }),
        NOON);
    tail.see(run);

    assertThat(merged.runs(RunQueryDraft.runs().build()).items()).hasSize(1);
    assertThat(tail.run(trace(1))).as("it has gone meanwhile").isEmpty();
    assertThat(merged.runs(RunQueryDraft.runs().build()).items()).hasSize(1);
  }

  /// The store, in which something happens right after it has listed its runs.
  private SpanStore afterRuns(Runnable then) {
    return (SpanStore)
        Proxy.newProxyInstance(
            SpanStore.class.getClassLoader(),
            new Class<?>[] {SpanStore.class},
            (_, method, arguments) -> {
              Object result = method.invoke(store, arguments);
              if (method.getName().equals("runs")) {
                then.run();
              }
              return result;
            });
  }

  @Test
  void aRunLeavesTheTailWhenRecordsThatWereSeenOneByOneAreLoadedTogether() {
    merged.attach(store, NOON);
    for (int i = 1; i <= 3; i++) {
      tail.see(
          new BatchDraft()
              .spans(i == 3 ? span(SpanKind.AGENT, 1, 1) : span(SpanKind.TOOL, 1, 1 + i).under(1))
              .upTo(0, 100L * i, i)
              .build());
    }
    Batch two =
        new BatchDraft()
            .spans(span(SpanKind.TOOL, 1, 2).under(1), span(SpanKind.TOOL, 1, 3).under(1))
            .upTo(0, 200, 2)
            .build();
    store.write(two);
    tail.loaded(two, store);
    assertThat(tail.run(trace(1))).as("its last record is not loaded").isPresent();
    Batch last = new BatchDraft().spans(span(SpanKind.AGENT, 1, 1)).upTo(0, 300, 3).build();
    store.write(last);
    tail.loaded(last, store);

    assertThat(tail.run(trace(1))).isEmpty();
    assertThat(run(1).spans()).isEqualTo(3);
  }

  @Test
  void aRunThatIsSeenAndLoadedAtOnceLeavesTheTail() {
    merged.attach(store, NOON);
    tail.see(new BatchDraft().spans(span(SpanKind.TOOL, 1, 2).under(1)).upTo(0, 100, 1).build());
    tail.see(new BatchDraft().spans(span(SpanKind.AGENT, 1, 1)).upTo(0, 200, 2).build());
    Batch both =
        new BatchDraft()
            .spans(span(SpanKind.TOOL, 1, 2).under(1), span(SpanKind.AGENT, 1, 1))
            .upTo(0, 200, 2)
            .build();
    store.write(both);
    tail.loaded(both, store);

    assertThat(tail.run(trace(1))).isEmpty();
  }

  @Test
  void aLateSpanOfARunThatHasGoneIsNotARunOfItsOwn() {
    merged.attach(store, NOON);
    load(BatchDraft.of(span(SpanKind.AGENT, 1, 1).by("a"), span(SpanKind.TOOL, 1, 2).under(1)));
    Batch late = BatchDraft.of(span(SpanKind.MODEL, 1, 3).under(1).at(5));
    tail.see(late);

    assertThat(run(1).agent()).isEqualTo("a");
    assertThat(merged.runs(RunQueryDraft.runs().build()).items())
        .extracting(Run::agent)
        .containsExactly("a");
    assertThat(merged.spans(trace(1))).hasSize(3);
    store.write(late);
    tail.loaded(late, store);
    assertThat(tail.run(trace(1))).isEmpty();
    assertThat(run(1).spans()).isEqualTo(3);
  }

  @Test
  void pagesOfBothRunInOneOrder() {
    merged.attach(store, NOON);
    for (int i = 1; i <= 20; i++) {
      Batch batch =
          BatchDraft.of(
              i % 3 == 0
                  ? span(SpanKind.MODEL, i, 2).under(1).at(i)
                  : span(SpanKind.AGENT, i, 1).at(i));
      if (i % 5 == 0) {
        tail.see(batch);
      } else {
        load(batch);
      }
    }
    List<String> seen = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      Page<Run> page =
          merged.runs(RunQueryDraft.runs().descending().limit(3).behind(cursor).build());
      page.items().forEach(run -> seen.add(run.traceId()));
      cursor = page.next();
    } while (cursor != null);

    assertThat(seen).hasSize(20).doesNotHaveDuplicates();
    assertThat(seen).isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  @Test
  void abandonedRunsAreSweptOut() {
    load(BatchDraft.of(span(SpanKind.TOOL, 1, 2).under(1)));
    now = now.plus(Duration.ofHours(1));
    tail.sweep();

    assertThat(tail.run(trace(1))).isEmpty();
  }

  @Test
  void aListenerHearsOfTracesAndARefreshWhenItIsSlow() throws InterruptedException {
    try (Subscription ear = tail.subscribe()) {
      assertThat(ear.take(Duration.ZERO)).isEqualTo(new Change.Quiet());
      tail.see(BatchDraft.of(span(SpanKind.AGENT, 1, 1)));
      tail.see(BatchDraft.of(span(SpanKind.AGENT, 2, 1)));
      assertThat(ear.take(Duration.ofSeconds(5)))
          .isEqualTo(new Change.Traces(Set.of(trace(1), trace(2))));
      for (int i = 0; i <= Listener.TRACES_MAX; i++) {
        tail.see(BatchDraft.of(span(SpanKind.AGENT, i, 1)));
      }
      assertThat(ear.take(Duration.ofSeconds(5))).isEqualTo(new Change.Refresh());
      assertThat(ear.take(Duration.ZERO)).isEqualTo(new Change.Quiet());
    }
  }
}
