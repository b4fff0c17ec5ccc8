// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import dev.steward.control.SnapshotStore;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;

/// Snapshots of State in one SQLite file: the newest three.
public final class SqliteSnapshotStore implements SnapshotStore {
  private static final int VERSION = 1;
  private static final String SCHEMA =
      "create table snapshot (sequence integer primary key, bytes blob not null) strict";
  private static final int KEPT = 3;

  private final SideFile file;

  private SqliteSnapshotStore(SideFile file) {
    this.file = file;
  }

  public static SqliteSnapshotStore open(Path file) {
    return new SqliteSnapshotStore(SideFile.open(file, SCHEMA, VERSION));
  }

  @Override
  public void keep(long sequence, byte[] snapshot) {
    file.commit(connection -> {
      try (PreparedStatement insert =
              connection.prepareStatement("insert or replace into snapshot values (?, ?)");
          PreparedStatement thin =
              connection.prepareStatement(
                  "delete from snapshot where sequence not in"
                      + " (select sequence from snapshot order by sequence desc limit ?)")) {
        insert.setLong(1, sequence);
        insert.setBytes(2, snapshot);
        insert.executeUpdate();
        thin.setInt(1, KEPT);
        return thin.executeUpdate();
      }
    });
  }

  @Override
  public Optional<StoredSnapshot> newest(long sequenceMax) {
    return file.run(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select sequence, bytes from snapshot where sequence <= ?"
                  + " order by sequence desc limit 1")) {
        select.setLong(1, sequenceMax);
        try (ResultSet row = select.executeQuery()) {
          return row.next()
              ? Optional.of(new StoredSnapshot(row.getLong(1), row.getBytes(2)))
              : Optional.empty();
        }
      }
    });
  }

  @Override
  public void close() {
    file.close();
  }
}
