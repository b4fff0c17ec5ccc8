// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.Journal;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.JournalRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
  private static final JournalConfig SMALL =
      new JournalConfig(1_000, 20_000, 5_000, 2_000, 16, Duration.ofSeconds(20), 1);

  @TempDir Path folder;

  @Test
  void givesBackWhatWasAppendedAlsoAfterAStart() {
    JournalRecord record = Records.of(3, "first");
    JournalPosition at;
    try (FileJournal journal = FileJournal.open(folder, SMALL)) {
      at = journal.append(record);
      assertThat(at.spans()).isEqualTo(3);
      assertThat(journal.end()).isEqualTo(at);
    }
    try (FileJournal journal = FileJournal.open(folder, SMALL)) {
      assertThat(journal.end().spans()).isEqualTo(3);
      journal.append(Records.of(2, "second"));
      assertThat(Records.texts(journal, JournalPosition.START)).containsExactly("first", "second");
      assertThat(Records.texts(journal, at)).containsExactly("second");
      Journal.Entry first = Records.entries(journal, JournalPosition.START).getFirst();
      assertThat(first)
          .isInstanceOfSatisfying(
              Journal.Entry.Whole.class,
              whole -> {
                assertThat(whole.record()).usingRecursiveComparison().isEqualTo(record);
                assertThat(whole.position()).isEqualTo(at);
              });
    }
  }

  @Test
  void aReaderWaitsForTheNextRecord() throws Exception {
    SynchronousQueue<String> read = new SynchronousQueue<>();
    try (FileJournal journal = FileJournal.open(folder, SMALL);
        Journal.Reader reader = journal.reader(JournalPosition.START)) {
      Thread waiting =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  read.put(Records.text(((Journal.Entry.Whole) reader.next()).record()));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      journal.append(Records.of(1, "late"));
      assertThat(read.poll(20, TimeUnit.SECONDS)).isEqualTo("late");
      waiting.join();
    }
  }

  @Test
  void manyWritersShareSyncsAndEachRecordIsThereOnce() throws Exception {
    ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
    try (FileJournal journal = FileJournal.open(folder, JournalConfig.DEFAULT)) {
      List<Thread> writers = new ArrayList<>();
      for (int w = 0; w < 32; w++) {
        int writer = w;
        writers.add(
            Thread.ofVirtual()
                .start(() -> {
                  for (int i = 0; i < 50; i++) {
                    String text = writer + "/" + i;
                    journal.append(Records.of(1, text));
                    acknowledged.add(text);
                  }
                }));
      }
      for (Thread writer : writers) {
        writer.join();
      }
      assertThat(Records.texts(journal, JournalPosition.START))
          .hasSize(32 * 50)
          .containsExactlyInAnyOrderElementsOf(acknowledged);
      assertThat(journal.end().spans()).isEqualTo(32 * 50);
    }
  }

  @Test
  void countsSurviveTheDeletionOfLoadedSegments() {
    JournalPosition loaded;
    try (FileJournal journal = FileJournal.open(folder, SMALL)) {
      loaded = fill(journal, 10);
      fill(journal, 3);
      assertThat(segments()).hasSizeGreaterThan(10);
      try (Journal.Hold hold = journal.hold()) {
        journal.loaded(loaded);
        assertThat(segments()).hasSizeGreaterThan(10);
        assertThat(hold).isNotNull();
      }
      assertThat(segments()).hasSizeLessThan(8);
      assertThat(Records.texts(journal, loaded)).hasSize(3);
    }
    try (FileJournal journal = FileJournal.open(folder, SMALL)) {
      assertThat(journal.end().spans()).isEqualTo(13 * 7);
      assertThat(Records.texts(journal, loaded)).hasSize(3);
    }
  }

  @Test
  void aFullBacklogIsRefusedUntilSomeIsLoaded() {
    try (FileJournal journal = FileJournal.open(folder, SMALL)) {
      JournalPosition first = fill(journal, 1);
      assertRefused(ErrorCode.JOURNAL_FULL, () -> fill(journal, 100));
      JournalPosition end = journal.end();
      assertThat(journal.backlogBytes()).isLessThanOrEqualTo(SMALL.backlogBytesMax());
      journal.loaded(end);
      assertThat(journal.backlogBytes()).isZero();
      fill(journal, 1);
      assertThat(Records.texts(journal, end)).hasSize(1);
      assertThat(first.spans()).isEqualTo(7);
    }
  }

  @Test
  void aRecordOverItsLimitIsRefused() {
    try (FileJournal journal = FileJournal.open(folder, SMALL)) {
      assertRefused(ErrorCode.TOO_LARGE, () -> journal.append(Records.of(1, "x".repeat(5_001))));
      journal.append(Records.of(1, "x".repeat(4_000)));
      assertThat(journal.end().spans()).isEqualTo(1);
    }
  }

  @Test
  void aFolderHasOneJournal() {
    try (FileJournal journal = FileJournal.open(folder, SMALL)) {
      assertThat(journal.end().spans()).isZero();
      assertRefused(ErrorCode.CONFLICT, () -> FileJournal.open(folder, SMALL).close());
    }
    FileJournal.open(folder, SMALL).close();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> FileJournal.open(file.resolve("journal"), SMALL).close())
        .withMessageContaining("file")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));
  }

  @Test
  void anInterruptedCallerDoesNotCloseTheFile() throws Exception {
    try (FileJournal journal = FileJournal.open(folder, SMALL)) {
      for (int i = 0; i < 20; i++) {
        Thread caller =
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    journal.append(Records.of(1, "interrupted"));
                  } catch (ApiException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
                  }
                });
        caller.interrupt();
        caller.join();
        journal.loaded(journal.end());
      }
      JournalPosition before = journal.end();
      journal.append(Records.of(1, "after"));
      assertThat(Records.texts(journal, before)).containsExactly("after");
    }
  }

  @Test
  void aClosedJournalRefuses() {
    FileJournal journal = FileJournal.open(folder, SMALL);
    journal.close();
    journal.close();
    assertRefused(ErrorCode.STORAGE_FAILED, () -> journal.append(Records.of(1, "late")));
  }

  @Test
  void startsLeaveNoRowOfEmptySegments() {
    for (int i = 0; i < 5; i++) {
      FileJournal.open(folder, SMALL).close();
    }
    assertThat(segments()).hasSize(1);
  }

  private JournalPosition fill(FileJournal journal, int records) {
    JournalPosition end = journal.end();
    for (int i = 0; i < records; i++) {
      end = journal.append(Records.of(7, "x".repeat(900)));
    }
    return end;
  }

  private List<Path> segments() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> Segment.numberOf(file) >= 0).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }
}
