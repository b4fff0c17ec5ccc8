// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import java.util.Optional;

/// Where snapshots of State lie. Losing them costs time at start and nothing else.
public interface SnapshotStore extends AutoCloseable {
  /// Keeps a snapshot of the State at the sequence; older ones may be thinned out.
  void keep(long sequence, byte[] snapshot);

  /// The newest snapshot at or before the sequence.
  Optional<StoredSnapshot> newest(long sequenceMax);

  @Override
  void close();

  /// A snapshot as it was kept.
  record StoredSnapshot(long sequence, byte[] bytes) {}
}
