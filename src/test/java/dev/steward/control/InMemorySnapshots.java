// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// Snapshots for tests; all are kept.
public final class InMemorySnapshots implements SnapshotStore {
  private final ConcurrentSkipListMap<Long, byte[]> kept = new ConcurrentSkipListMap<>();

  @Override
  public void keep(long sequence, byte[] snapshot) {
    kept.put(sequence, snapshot);
  }

  @Override
  public Optional<StoredSnapshot> newest(long sequenceMax) {
    return Optional.ofNullable(kept.floorEntry(sequenceMax))
        .map(entry -> new StoredSnapshot(entry.getKey(), entry.getValue()));
  }

  @Override
  public void close() {}
}
