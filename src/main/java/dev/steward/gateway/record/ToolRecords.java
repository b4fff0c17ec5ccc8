// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

/// Where what is known of a tool call goes once it has ended.
public interface ToolRecords {
  /// Keeps it, or sees to it that it is kept.
  void record(ToolRecord call);

  /// @throws dev.steward.gateway.wire.RefusedException UNRECORDED while nothing can be kept
  default void check() {}
}
