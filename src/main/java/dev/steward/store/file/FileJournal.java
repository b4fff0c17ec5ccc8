// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import dev.steward.trace.Journal;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.JournalRecord;
import java.nio.file.Path;

/// The journal on segment files: one writer thread, one sync for all that wait.
public final class FileJournal implements Journal {

  private FileJournal() {}

  /// Opens the journal in a folder, creating it, and cuts a torn tail.
  ///
  /// @throws dev.steward.domain.ApiException CONFLICT when another server has it open,
  ///   STORAGE_FAILED when the folder cannot be used
  public static FileJournal open(Path folder, JournalConfig config) {
    throw new UnsupportedOperationException("" + folder + config);
  }

  @Override
  public JournalPosition append(JournalRecord record) {
    throw new UnsupportedOperationException();
  }

  @Override
  public JournalPosition end() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Reader reader(JournalPosition from) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void loaded(JournalPosition upTo) {}

  @Override
  public long backlogBytes() {
    return 0;
  }

  @Override
  public Hold hold() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
