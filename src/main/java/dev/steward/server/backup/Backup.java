// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.backup;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.ledger.Ledger;
import dev.steward.server.folder.DataFolder;
import dev.steward.server.history.History;
import dev.steward.store.file.FileBudgetLog;
import dev.steward.store.sqlite.SqliteCopy;
import dev.steward.trace.Journal;
import dev.steward.trace.JournalPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Writes one consistent cut of a running server into a folder.
///
/// The order makes it consistent: the span store first, with the journal position it has reached;
/// then the journal, whose files stay where they are meanwhile and which goes on from there; then
/// the log of budgets, which has charged every call that the journal tells of; then the snapshots,
/// which name ledger entries; then the ledgers, in which no less is lent than that log has spent.
/// What is restored is what was acknowledged when the journal was copied, or more.
public final class Backup {
  private final DataFolder folder;
  private final History history;
  private final Journal journal;
  private final FileBudgetLog budgets;
  private final Ledger control;
  private final InstantSource clock;
  private final ReentrantLock one = new ReentrantLock();
  private volatile Optional<Path> underWay = Optional.empty();

  public Backup(
      DataFolder folder,
      History history,
      Journal journal,
      FileBudgetLog budgets,
      Ledger control,
      InstantSource clock) {
    this.folder = folder;
    this.history = history;
    this.journal = journal;
    this.budgets = budgets;
    this.control = control;
    this.clock = clock;
  }

  /// @param target on the server's machine; missing or empty
  /// @throws ApiException CONFLICT when something lies there or a backup is under way,
  ///   STORAGE_FAILED when it cannot be written
  public BackupNote into(Path target) {
    if (!one.tryLock()) {
      throw new ApiException(
          ErrorCode.CONFLICT, "a backup is under way; start the next one when it is done");
    }
    try {
      return write(target.toAbsolutePath().normalize());
    } catch (IOException e) {
      throw new ApiException(
          ErrorCode.STORAGE_FAILED,
          "the backup cannot be written to " + target + ": " + e + "; remove what is there of it",
          e);
    } finally {
      underWay = Optional.empty();
      one.unlock();
    }
  }

  /// How far the one that is under way has come.
  ///
  /// @throws ApiException STORAGE_FAILED when one of the two folders cannot be read
  public BackupProgress progress() {
    Optional<Path> target = underWay;
    if (target.isEmpty()) {
      return BackupProgress.NONE;
    }
    try {
      return new BackupProgress(
          true, FolderCopy.bytes(target.get()), FolderCopy.bytes(folder.root()));
    } catch (IOException e) {
      throw new ApiException(
          ErrorCode.STORAGE_FAILED,
          "the progress of the backup cannot be told: " + e + "; it goes on without being watched",
          e);
    }
  }

  private BackupNote write(Path target) throws IOException {
    refuseInside(target);
    refuseTaken(target);
    underWay = Optional.of(target);
    DataFolder copy = new DataFolder(target);
    FolderCopy.createForOwnerOnly(target);
    JournalPosition spans = copySpansAndJournal(copy);
    budgets.copyTo(copy.budgets());
    SqliteCopy.of(folder.snapshots(), copy.snapshots());
    // Before the ledger, so that the outbox never knows more entries than the ledger has.
    if (Files.exists(folder.outbox())) {
      SqliteCopy.of(folder.outbox(), copy.outbox());
    }
    long entries = control.size();
    SqliteCopy.of(folder.controlLedger(), copy.controlLedger());
    SqliteCopy.of(folder.activityLedger(), copy.activityLedger());
    SqliteCopy.of(folder.people(), copy.people());
    copyDiaries(copy);
    FolderCopy.of(folder.keys(), copy.keys(), _ -> true);
    Files.copy(folder.adminToken(), copy.adminToken());
    if (Files.exists(folder.secrets())) {
      Files.copy(folder.secrets(), copy.secrets());
    }
    BackupNote note = new BackupNote(clock.instant(), spans.spans(), entries);
    note.write(target);
    return note;
  }

  /// What is nice to know after a restart. Of each diary the newer of its two files first: it
  /// becomes the older one when it is full, and is then copied twice instead of not at all.
  private void copyDiaries(DataFolder copy) throws IOException {
    for (Path diary :
        List.of(
            folder.arms(),
            folder.callers(),
            folder.undeclared(),
            folder.answering(),
            folder.documents(),
            folder.runReadings(),
            folder.taskOwners(),
            folder.agentTasks(),
            folder.chains(),
            folder.shadowRuns())) {
      for (String end : new String[] {"", ".old"}) {
        String name = diary.getFileName() + end;
        try {
          Files.copy(diary.resolveSibling(name), copy.root().resolve(name));
        } catch (NoSuchFileException _) {
          // Nothing was written yet, or it has just become the older one.
        }
      }
    }
  }

  /// A backup that lies with what it is a backup of is lost with it.
  private void refuseInside(Path target) throws IOException {
    Path there = target;
    while (there.getParent() != null && Files.notExists(there)) {
      there = there.getParent();
    }
    if (there.toRealPath().startsWith(folder.root().toRealPath())) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          target
              + " lies inside of the data folder; name a folder elsewhere, best on another disk");
    }
  }

  private static void refuseTaken(Path target) throws IOException {
    Path there = target;
    while (there.getParent() != null && Files.notExists(there)) {
      there = there.getParent();
    }
    if (Files.isRegularFile(there)) {
      throw new ApiException(
          ErrorCode.CONFLICT, there + " is a file; name a folder of its own for each backup");
    }
    if (!FolderCopy.isFree(target)) {
      throw new ApiException(
          ErrorCode.CONFLICT, target + " is not empty; name a folder of its own for each backup");
    }
  }

  private JournalPosition copySpansAndJournal(DataFolder copy) throws IOException {
    try (Journal.Hold _ = journal.hold()) {
      JournalPosition reached = history.backup().to(copy.spans());
      FolderCopy.of(folder.journal(), copy.journal(), file -> file.toString().endsWith(".segment"));
      return reached;
    }
  }
}
