// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

/// Where what is known of a call goes once it has ended.
@FunctionalInterface
public interface CallRecords {
  /// Keeps it, or sees to it that it is kept.
  void record(CallRecord call);

  /// Writes what must be known of the run before the call ends.
  default void begins(CallRecord call) {}

  /// @throws dev.steward.gateway.wire.RefusedException UNRECORDED while nothing can be kept
  default void check() {}
}
