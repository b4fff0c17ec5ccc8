// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.backup;

/// How far the backup that is under way has come. A copy is packed closer than its source, so that
/// it is often whole before the two counts meet.
///
/// @param underWay whether one is being written
/// @param writtenBytes what lies in its folder by now; 0 when none is under way
/// @param ofBytes what the data folder holds; 0 when none is under way
public record BackupProgress(boolean underWay, long writtenBytes, long ofBytes) {
  static final BackupProgress NONE = new BackupProgress(false, 0, 0);
}
