// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

/// The activity ledger, as far as the gateway writes it.
@FunctionalInterface
public interface ActivityLog {
  /// Appends an entry and returns once it is synced.
  ///
  /// @param entry canonical JSON with `kind`, `form` and `at`, without any person's words
  /// @throws dev.steward.domain.ApiException LEDGER_BUSY, STORAGE_FAILED: nothing is promised then
  void append(byte[] entry);
}
