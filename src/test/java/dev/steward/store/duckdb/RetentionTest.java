// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import static dev.steward.trace.SpanDraft.NOON;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static dev.steward.trace.run.RunQueryDraft.runs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.trace.BatchDraft;
import dev.steward.trace.Holds;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunStatus;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.LogLine;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.MetricPoint;
import dev.steward.trace.span.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final DuckDbConfig CONFIG = new DuckDbConfig(256, 2, 3, 10);

  @TempDir Path folder;
  private Instant now = NOON;
  private DuckDbSpanStore store;

  @BeforeEach
  void open() {
    store =
        DuckDbSpanStore.open(folder, CONFIG, agent -> Optional.empty(), Silence.DEFAULT, () -> now);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /// One run a day with a conversation of three turns, each day's under its own trace.
  private void writeDay(long number) {
    now = NOON.plus(Duration.ofDays(number));
    List<Message> said = new ArrayList<>();
    List<SpanDraft> drafts = new ArrayList<>();
    drafts.add(span(SpanKind.AGENT, number, 1).by("a").conversation("c" + number).at(now));
    for (int turn = 0; turn < 3; turn++) {
      said.add(SpanDraft.user("day " + number + " turn " + turn));
      drafts.add(
          span(SpanKind.MODEL, number, turn + 2L)
              .under(1)
              .at(now.plusSeconds(turn))
              .cost("0.5")
              .says(new Content(said, List.of(), null, null, null, null, null)));
    }
    store.write(
        new BatchDraft()
            .spans(drafts.toArray(SpanDraft[]::new))
            .log(new LogLine(trace(number), null, now, "e", 9, "{}", "{}", "s"))
            .metric(new MetricPoint("m", "{\"name\":\"m\"}", now, "1"))
            .build());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("archive"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void olderDaysMoveToParquetAndStayReadable() throws IOException {
    for (long day = 0; day < 5; day++) {
      writeDay(day);
    }
    List<Span> before = store.spans(trace(0));
    Message said = before.getLast().content().input().getLast();

    Retention.Done done = new Retention(store, CONFIG, Holds.NONE).run(now);

    assertThat(done).isEqualTo(new Retention.Done(2, 0, 0));
    assertThat(files()).hasSize(10);
    assertThat(files().getFirst().toString()).contains("archive/day=2026-11-2");
    assertThat(store.spans(trace(0))).isEqualTo(before);
    assertThat(store.content(said.hash()).map(String::new)).contains(said.json());
    assertThat(store.runs(runs().build()).items()).hasSize(5);
    assertThat(
            store
                .runs(runs().text("day 0 turn 1").from(NOON).to(NOON.plusSeconds(60)).build())
                .items())
        .hasSize(1);
    assertThat(new Retention(store, CONFIG, Holds.NONE).run(now))
        .isEqualTo(new Retention.Done(0, 0, 0));
    close();
    open();
    assertThat(store.spans(trace(0))).isEqualTo(before);
  }

  @Test
  void writingGoesOnWhileADayIsCopiedAndNothingOfItIsLost() throws Exception {
    for (long day = 0; day < 4; day++) {
      writeDay(day);
    }
    List<Span> before = store.spans(trace(0));
    AtomicInteger written = new AtomicInteger();
    Runnable meanwhile =
        () -> {
          Thread writer =
              Thread.ofPlatform()
                  .start(() -> {
                    long late = 10L + written.get();
                    store.write(
                        BatchDraft.of(
                            span(SpanKind.TOOL, 0, late).under(1).received(now),
                            span(SpanKind.AGENT, 200 + late, 1).by("a").received(now)));
                    written.incrementAndGet();
                  });
          try {
            assertThat(writer.join(Duration.ofSeconds(30))).as("writing does not wait").isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };

    Retention.Done done = new Retention(store, CONFIG, Holds.NONE, meanwhile).run(now);

    assertThat(done.archived()).isEqualTo(1);
    assertThat(written).hasValue(1);
    assertThat(store.spans(trace(0))).hasSize(before.size() + 1).containsAll(before);
    assertThat(store.spans(trace(210))).hasSize(1);
    new Retention(store, CONFIG, Holds.NONE).run(now);
    assertThat(store.spans(trace(0))).hasSize(before.size() + 1).containsAll(before);
    assertThat(files()).hasSize(6);
    close();
    open();
    assertThat(store.spans(trace(0))).hasSize(before.size() + 1).containsAll(before);
  }

  @Test
  void lateFactsCorrectADayThatIsInParquet() throws IOException {
    for (long day = 0; day < 4; day++) {
      writeDay(day);
    }
    new Retention(store, CONFIG, Holds.NONE).run(now);
    close();
    open();

    store.write(
        new BatchDraft()
            .spans(
                span(SpanKind.AGENT, 0, 1).by("a").failed().changed("x").received(now),
                span(SpanKind.MODEL, 0, 9).under(1).cost("2").received(now),
                span(SpanKind.MODEL, 0, 2).received(now))
            .evaluation(
                new Evaluation(
                    trace(0), null, null, "outcome", "failure", 0.0, null, true, "d", now))
            .build());

    assertThat(store.counts().duplicates()).isEqualTo(2);
    assertLate();
    assertThat(new Retention(store, CONFIG, Holds.NONE).run(now).archived()).isEqualTo(1);
    assertThat(files()).hasSize(6);
    assertLate();
  }

  private void assertLate() {
    Run run = store.run(trace(0)).orElseThrow();
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.outcome()).isEqualTo("failure");
    assertThat(run.cost().amount()).isEqualByComparingTo("3.5");
    assertThat(run.spans()).isEqualTo(5);
    assertThat(store.spans(trace(0))).hasSize(5);
    assertThat(store.size(trace(0))).isEqualTo(5);
  }

  @Test
  void deletesDaysPastTheirTimeButNotWhatIsHeld() throws IOException {
    writeDay(0);
    now = NOON;
    store.write(
        BatchDraft.of(
            span(SpanKind.AGENT, 99, 1)
                .by("other")
                .says(
                    new Content(
                        List.of(SpanDraft.user("not held")),
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null))));
    for (long day = 1; day < 4; day++) {
      writeDay(day);
    }
    new Retention(store, CONFIG, Holds.NONE).run(now);
    List<Span> before = store.spans(trace(0));
    now = NOON.plus(Duration.ofDays(11));
    Holds holds = run -> "c0".equals(run.conversation());

    Retention.Done done = new Retention(store, CONFIG, holds).run(now);

    assertThat(done).isEqualTo(new Retention.Done(2, 2, 1));
    assertThat(store.spans(trace(0))).isEqualTo(before);
    assertThat(store.run(trace(0))).isPresent();
    assertThat(store.run(trace(99))).isEmpty();
    assertThat(store.spans(trace(99))).isEmpty();
    assertThat(store.content(SpanDraft.user("not held").hash())).isEmpty();
    assertThat(store.run(trace(1))).isEmpty();
    assertThat(store.run(trace(2))).isPresent();
    assertThat(Files.exists(folder.resolve("archive/day=2026-11-21"))).isFalse();

    assertThat(new Retention(store, CONFIG, holds).run(now)).isEqualTo(new Retention.Done(0, 0, 1));
    assertThat(new Retention(store, CONFIG, Holds.NONE).run(now).deleted()).isEqualTo(1);
    assertThat(store.spans(trace(0))).isEmpty();
    assertThat(Files.exists(folder.resolve("archive/day=2026-11-20"))).isFalse();
  }

  @Test
  void storesADeletedDaysWordsAgainWhenTheyAreSaidAgain() {
    writeDay(0);
    now = NOON.plus(Duration.ofDays(11));
    new Retention(store, CONFIG, Holds.NONE).run(now);
    now = NOON;
    writeDay(0);

    assertThat(store.spans(trace(0)).getLast().content().input()).hasSize(3);
  }
}
