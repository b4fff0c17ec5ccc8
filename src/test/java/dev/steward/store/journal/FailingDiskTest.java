// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.journal;

import static dev.steward.store.journal.FileJournalTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.ErrorCode;
import dev.steward.store.file.FaultyDisk;
import dev.steward.trace.JournalPosition;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingDiskTest {
  @TempDir Path folder;

  private final FaultyDisk disk = new FaultyDisk();

  @Test
  void aFullDiskIsToldAndOverOnceThereIsRoom() {
    try (FileJournal journal = open()) {
      journal.append(Records.of(1, "before"));
      disk.full = true;
      assertRefused(ErrorCode.STORAGE_FAILED, () -> journal.append(Records.of(1, "refused")));
      assertRefused(ErrorCode.STORAGE_FAILED, () -> journal.append(Records.of(1, "refused")));
      disk.full = false;
      journal.append(Records.of(1, "after"));
      assertThat(Records.texts(journal, JournalPosition.START)).containsExactly("before", "after");
    }
    assertReopened("before", "after");
  }

  @Test
  void aFullDiskThatCannotEvenBeCutIsLeftForANewSegment() {
    try (FileJournal journal = open()) {
      journal.append(Records.of(1, "before"));
      disk.full = true;
      disk.cutFails = true;
      assertRefused(ErrorCode.STORAGE_FAILED, () -> journal.append(Records.of(1, "refused")));
      assertRefused(ErrorCode.STORAGE_FAILED, () -> journal.append(Records.of(1, "refused")));
      disk.full = false;
      journal.append(Records.of(1, "after"));
      assertThat(Records.texts(journal, JournalPosition.START)).containsExactly("before", "after");
    }
    assertReopened("before", "after");
    assertThat(disk.writtenAfterFailedSync).isEmpty();
  }

  @Test
  void afterAFailedSyncTheFileIsNeverWrittenAgain() {
    try (FileJournal journal = open()) {
      journal.append(Records.of(1, "before"));
      disk.syncFails = true;
      assertRefused(ErrorCode.STORAGE_FAILED, () -> journal.append(Records.of(1, "refused")));
      assertRefused(ErrorCode.STORAGE_FAILED, () -> journal.append(Records.of(1, "refused")));
      disk.syncFails = false;
      journal.append(Records.of(1, "after"));
      assertThat(journal.end().spans()).isEqualTo(2);
      assertThat(Records.texts(journal, JournalPosition.START)).containsExactly("before", "after");
    }
    assertReopened("before", "after");
    assertThat(disk.writtenAfterFailedSync).isEmpty();
  }

  @Test
  void noNewSegmentMeansNoAcknowledgement() {
    JournalConfig tiny =
        new JournalConfig(1, 1 << 20, 1_000, 1_000, 4, JournalConfig.DEFAULT.waitMax(), 0);
    try (FileJournal journal = FileJournal.open(folder, tiny, disk, new Random(1))) {
      journal.append(Records.of(1, "before"));
      disk.createFails = true;
      assertRefused(ErrorCode.STORAGE_FAILED, () -> journal.append(Records.of(1, "refused")));
      disk.createFails = false;
      journal.append(Records.of(1, "after"));
      assertThat(Records.texts(journal, JournalPosition.START)).containsExactly("before", "after");
    }
    assertReopened("before", "after");
  }

  private FileJournal open() {
    return FileJournal.open(folder, JournalConfig.DEFAULT, disk, new Random(1));
  }

  private void assertReopened(String... texts) {
    try (FileJournal journal = open()) {
      assertThat(Records.texts(journal, JournalPosition.START)).containsExactly(texts);
      assertThat(Records.damagedSpans(journal, JournalPosition.START)).isZero();
      assertThat(journal.end().spans()).isEqualTo(texts.length);
    }
  }
}
