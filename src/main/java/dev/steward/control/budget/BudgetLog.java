// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.budget;

import java.util.List;

/// The log of what calls reserve and spend between two leases. One process has it open.
public interface BudgetLog extends AutoCloseable {
  /// What it held when it was opened.
  ///
  /// @param records in the order in which they were appended
  /// @param whole false where something that was appended may be missing: the machine stopped
  ///   before it was synced, the file is damaged, or there is none
  record Past(List<byte[]> records, boolean whole) {
    public Past {
      records = List.copyOf(records);
    }
  }

  Past past();

  /// Returns once the record outlives this process, however it ends. An interrupt does no harm.
  ///
  /// @throws dev.steward.domain.ApiException STORAGE_FAILED; then nothing of it is in the log
  void append(byte[] record);

  /// Returns once all that was appended outlives the machine.
  void sync();

  /// Puts these records in the place of all others, at once and for good.
  void replace(List<byte[]> records);

  /// How large it is.
  long bytes();

  /// Syncs, and marks that nothing can be missing.
  @Override
  void close();
}
