// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

/// Where what is known of a call of a data source goes once it has ended.
public interface RetrievalRecords {
  /// Keeps it, or sees to it that it is kept.
  void record(RetrievalRecord call);

  /// @throws dev.steward.gateway.wire.RefusedException UNRECORDED while nothing can be kept
  default void check() {}
}
