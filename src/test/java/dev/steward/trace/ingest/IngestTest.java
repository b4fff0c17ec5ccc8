// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.Journal;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.Sender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class IngestTest {
  private static final IngestConfig FIFTY_BYTES = new IngestConfig(50, Duration.ofSeconds(2));

  private final SlowJournal journal = new SlowJournal();
  private final Ingest ingest = new Ingest(journal, FIFTY_BYTES, InstantSource.system());

  @Test
  void tooMuchInFlightIsSentAwayUntilSomeIsSynced() throws Exception {
    JournalRecord record = record(40);
    Thread first = Thread.ofVirtual().start(() -> ingest.accept(record));
    journal.appending.await();
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> ingest.accept(record))
        .withMessageContaining("send again in 2 s")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SLOW_DOWN));
    journal.disk.countDown();
    first.join();
    assertThat(ingest.accept(record).spans()).isEqualTo(1);
    assertThat(ingest.retryAfter()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aRequestOverTheLimitIsTakenWhenItIsAlone() {
    journal.disk.countDown();
    assertThat(ingest.accept(record(100)).spans()).isEqualTo(1);
  }

  @Test
  void countsAreNotThereBeforeTheStoreIs() {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(ingest::counts)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STARTING));
  }

  private static JournalRecord record(int bytes) {
    return new JournalRecord(
        JournalRecord.Signal.TRACES, 1, Instant.EPOCH, Sender.UNKNOWN, new byte[bytes]);
  }

  /// A journal whose disk stands still until told.
  private static final class SlowJournal implements Journal {
    final CountDownLatch appending = new CountDownLatch(1);
    final CountDownLatch disk = new CountDownLatch(1);

    @Override
    public JournalPosition append(JournalRecord record) {
      appending.countDown();
      try {
        disk.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return JournalPosition.START;
    }

    @Override
    public JournalPosition end() {
      return JournalPosition.START;
    }

    @Override
    public Reader reader(JournalPosition from) {
      throw new AssertionError("nobody reads");
    }

    @Override
    public void loaded(JournalPosition upTo) {}

    @Override
    public long backlogBytes() {
      return 0;
    }

    @Override
    public Hold hold() {
      return () -> {};
    }

    @Override
    public void close() {}
  }
}
