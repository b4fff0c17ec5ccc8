// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.history;

/// How far the past has come.
public sealed interface HistoryStatus {
  /// The span store is being opened.
  record Opening() implements HistoryStatus {}

  /// Everything can be asked.
  record Attached() implements HistoryStatus {}

  /// The disk refused or the file is damaged; it is tried again, so that whoever mends it need not
  /// start the server anew.
  record Waiting(String reason) implements HistoryStatus {}

  /// It cannot be opened, and trying again would not help.
  record Failed(String reason) implements HistoryStatus {}
}
