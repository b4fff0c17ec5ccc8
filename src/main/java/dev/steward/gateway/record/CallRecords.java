// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

/// Where what is known of a call goes once it has ended.
@FunctionalInterface
public interface CallRecords {
  /// Keeps it, or sees to it that it is kept.
  void record(CallRecord call);
}
