// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.SnapshotStore.StoredSnapshot;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSnapshotStoreTest {
  @TempDir Path folder;

  @Test
  void keepsTheNewestThree() {
    Path file = folder.resolve("snapshots.db");
    try (SqliteSnapshotStore store = SqliteSnapshotStore.open(file)) {
      assertThat(store.newest(Long.MAX_VALUE)).isEmpty();
      for (int i = 1; i <= 5; i++) {
        store.keep(10L * i, new byte[] {(byte) i});
      }
    }
    try (SqliteSnapshotStore store = SqliteSnapshotStore.open(file)) {
      assertThat(store.newest(100).map(StoredSnapshot::sequence)).contains(50L);
      assertThat(store.newest(49).map(StoredSnapshot::sequence)).contains(40L);
      assertThat(store.newest(30).map(s -> s.bytes()[0])).contains((byte) 3);
      assertThat(store.newest(29)).isEmpty();
    }
  }

  @Test
  void aSnapshotOfTheSameSequenceReplacesIt() {
    try (SqliteSnapshotStore store = SqliteSnapshotStore.open(folder.resolve("s.db"))) {
      store.keep(1, new byte[] {1});
      store.keep(1, new byte[] {2});

      assertThat(store.newest(1).map(s -> s.bytes()[0])).contains((byte) 2);
    }
  }
}
