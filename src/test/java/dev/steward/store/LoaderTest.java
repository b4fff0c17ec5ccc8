// SPDX-License-Identifier: Apache-2.0
package dev.steward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.DeadLetter;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.ingest.IngestCounts;
import dev.steward.trace.load.DeadLetters;
import dev.steward.trace.load.LoaderConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {
  @TempDir Path folder;

  private final FakeSpanStore store = new FakeSpanStore();
  private final LineReading reading = new LineReading();

  @Test
  void loadsWhatIsAccepted() {
    try (Station station = open()) {
      station.accept("1 plan", "2 refund");
      station.accept("3 answer");
      station.settle();
      assertThat(station.ingest.counts()).isEqualTo(new IngestCounts(3, 3, 0, 0, 0));
      assertThat(store.inserts()).containsOnlyKeys(key(1), key(2), key(3));
    }
  }

  @Test
  void goesOnWhereTheStoreIsAfterAStart() {
    try (Station station = open()) {
      station.accept("1 plan");
      station.settle();
    }
    try (Station station = open()) {
      station.accept("2 refund");
      station.settle();
      assertThat(station.ingest.counts()).isEqualTo(new IngestCounts(2, 2, 0, 0, 0));
      assertThat(station.seen).extracting(span -> span.name()).containsExactly("refund");
    }
  }

  @Test
  void theTailSeesWhileTheStoreFails() throws Exception {
    store.fail(FakeSpanStore.Fault.FAIL_BEFORE_COMMIT, Integer.MAX_VALUE);
    try (Station station = open()) {
      station.accept("1 plan");
      station.accept("2 refund");
      await(() -> station.seen.size() == 2);
      await(() -> station.ingest.status().trouble() != null);
      assertThat(station.ingest.status().trouble()).contains("out of order");
      assertThat(station.ingest.counts()).isEqualTo(new IngestCounts(2, 0, 2, 0, 0));
      assertThat(station.ingest.status().oldestWaiting()).isPositive();
      store.fail(FakeSpanStore.Fault.NONE, 0);
      station.settle();
      await(() -> station.ingest.status().trouble() == null);
      assertThat(station.ingest.counts()).isEqualTo(new IngestCounts(2, 2, 0, 0, 0));
    }
  }

  @Test
  void theStoreGetsNothingThatTheTailHoldsBack() throws Exception {
    try (Station station = open()) {
      AtomicInteger tries = new AtomicInteger();
      station.before =
          () -> {
            assertThat(store.inserts()).isEmpty();
            if (tries.incrementAndGet() < 6) {
              throw new ApiException(ErrorCode.LEDGER_BUSY, "the ledger does not sync");
            }
            station.before = () -> {};
          };
      station.accept("1 plan", "2 refund");
      await(() -> station.ingest.status().trouble() != null);
      assertThat(station.ingest.status().trouble()).contains("does not sync");
      station.settle();
      assertThat(tries).hasValue(6);
      assertThat(station.ingest.counts()).isEqualTo(new IngestCounts(2, 2, 0, 0, 0));
    }
  }

  @Test
  void aCommitWhoseAnswerWasLostIsNotMadeTwice() {
    store.fail(FakeSpanStore.Fault.FAIL_AFTER_COMMIT, 1);
    try (Station station = open()) {
      station.accept("1 plan", "2 refund");
      station.settle();
      assertThat(station.ingest.counts()).isEqualTo(new IngestCounts(2, 2, 0, 0, 0));
    }
  }

  @Test
  void theSameSpanAgainIsADuplicate() {
    try (Station station = open()) {
      station.accept("1 plan", "1 plan");
      station.accept("1 plan");
      station.settle();
      assertThat(station.ingest.counts()).isEqualTo(new IngestCounts(3, 1, 0, 0, 2));
    }
  }

  @Test
  void whatCannotBeReadBecomesADeadLetterWithItsReason() {
    try (Station station = open()) {
      station.accept("1 plan", "2 " + LineReading.UNREADABLE);
      station.accept("3 answer", "4 " + LineReading.THROWS);
      station.accept("5 answer", "6 " + LineReading.LOST);
      station.settle();
      assertThat(station.ingest.counts()).isEqualTo(new IngestCounts(6, 1, 0, 5, 0));
      assertThat(station.loader.deadLetters().list(10))
          .extracting(DeadLetter::reason)
          .satisfiesExactly(
              reason -> assertThat(reason).isEqualTo("no name I know"),
              reason -> assertThat(reason).contains("cannot be read at all"),
              reason ->
                  assertThat(reason)
                      .isEqualTo("1 spans were read and 0 found unreadable, out of 2 accepted"));
    }
  }

  @Test
  void onlyTheRecordWithABadRowBecomesADeadLetter() {
    LoaderConfig patient =
        new LoaderConfig(
            Duration.ofSeconds(20), 40, 100, 1 << 20, Duration.ofMillis(1), Duration.ofMillis(1));
    try (Station station = Station.open(folder, store, reading, patient)) {
      for (int i = 0; i < 40; i++) {
        station.accept(i + (i == 23 ? " " + FakeSpanStore.BAD_ROW : " plan"));
      }
      station.settle();
      assertThat(station.ingest.counts()).isEqualTo(new IngestCounts(40, 39, 0, 1, 0));
      assertThat(store.inserts()).hasSize(39).doesNotContainKey(key(23));
      DeadLetter letter = station.loader.deadLetters().list(10).getFirst();
      assertThat(letter.reason()).isEqualTo("the span store refused it: value out of range");
      assertThat(store.batchSizes()).contains(20);
    }
  }

  @Test
  void aRetriedLetterIsLoadedOrFailsAgainAndCountsStayRight() {
    try (Station station = open()) {
      station.accept("1 plan", "2 " + LineReading.UNREADABLE);
      station.accept("3 answer", "4 " + LineReading.THROWS);
      station.settle();
      List<DeadLetter> letters = station.loader.deadLetters().list(10);
      assertThat(station.loader.deadLetters().retry(letters.getFirst().id()))
          .isEqualTo(new DeadLetters.Retried(0, 0, 1));
      assertThat(station.ingest.counts()).isEqualTo(new IngestCounts(4, 1, 0, 3, 0));
      reading.cure();
      assertThat(station.loader.deadLetters().retry(letters.getLast().id()))
          .isEqualTo(new DeadLetters.Retried(2, 0, 0));
      assertThat(station.ingest.counts()).isEqualTo(new IngestCounts(4, 3, 0, 1, 0));
      assertThat(station.loader.deadLetters().list(10)).hasSize(1);
      assertThat(station.seen).extracting(span -> span.key()).contains(key(4));
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> station.loader.deadLetters().retry(letters.getLast().id()))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }
  }

  @Test
  void aDroppedLetterStaysCounted() {
    try (Station station = open()) {
      station.accept("1 plan", "2 " + LineReading.UNREADABLE);
      station.settle();
      String id = station.loader.deadLetters().list(10).getFirst().id();
      assertThat(station.loader.deadLetters().drop(Set.of(id, "unknown"))).isEqualTo(1);
      assertThat(station.loader.deadLetters().list(10)).isEmpty();
      assertThat(station.ingest.counts()).isEqualTo(new IngestCounts(2, 1, 0, 1, 0));
    }
  }

  @Test
  void closingWritesWhatWasRead() throws Exception {
    LoaderConfig slow =
        new LoaderConfig(
            Duration.ofHours(1), 5_000, 5_000, 1 << 20, Duration.ofMillis(1), Duration.ofMillis(1));
    try (Station station = Station.open(folder, store, reading, slow)) {
      station.accept("1 plan", "2 refund");
      await(() -> station.seen.size() == 2);
      assertThat(store.counts().loaded()).isZero();
    }
    assertThat(store.counts().loaded()).isEqualTo(2);
  }

  @Test
  void closingEndsThoughTheStoreFails() throws Exception {
    store.fail(FakeSpanStore.Fault.FAIL_BEFORE_COMMIT, Integer.MAX_VALUE);
    try (Station station = open()) {
      station.accept("1 plan");
      await(() -> station.ingest.status().trouble() != null);
    }
    store.fail(FakeSpanStore.Fault.NONE, 0);
    try (Station station = open()) {
      station.settle();
      assertThat(station.ingest.counts()).isEqualTo(new IngestCounts(1, 1, 0, 0, 0));
    }
  }

  @Test
  void readsAheadOnlySoFarWhileTheStoreFails() throws Exception {
    store.fail(FakeSpanStore.Fault.FAIL_BEFORE_COMMIT, Integer.MAX_VALUE);
    LoaderConfig narrow =
        new LoaderConfig(
            Duration.ofMillis(1), 1, 10, 100, Duration.ofMillis(1), Duration.ofMillis(1));
    try (Station station = Station.open(folder, store, reading, narrow)) {
      for (int i = 100; i < 200; i++) {
        station.accept(i + " plan of 20 bytes");
      }
      await(() -> station.seen.size() >= 4);
      assertThat(station.seen).hasSizeLessThan(10);
      store.fail(FakeSpanStore.Fault.NONE, 0);
      station.settle();
      assertThat(station.ingest.counts()).isEqualTo(new IngestCounts(100, 100, 0, 0, 0));
    }
  }

  @Test
  void aJournalThatEndsBeforeTheStoreStopsTheStart(@TempDir Path other) {
    JournalPosition loaded;
    try (Station station = open()) {
      loaded = station.accept("1 plan");
      station.settle();
    }
    assertThat(store.counts().upTo()).isEqualTo(loaded);
    assertThatIllegalStateException()
        .isThrownBy(() -> Station.open(other, store, reading, Station.QUICK).close())
        .withMessageContaining("Restore both from the same backup");
  }

  private Station open() {
    return Station.open(folder, store, reading, Station.QUICK);
  }

  private static dev.steward.trace.span.SpanKey key(long number) {
    return LineReading.key(number);
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
