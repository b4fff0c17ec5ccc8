// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The tables of a ledger file, as steps from one schema version to the next; `user_version` counts
/// those taken. A step that was released is never edited.
final class SqliteSchema {
  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              "create table entries (entry_index integer primary key, bodies blob not null,"
                  + " data blob not null)",
              "create table tiles (level integer not null, tile_index integer not null,"
                  + " hashes blob not null, primary key (level, tile_index))",
              "create table blobs (digest blob not null primary key,"
                  + " entry_index integer not null, bytes blob not null)",
              "create table checkpoints (size integer primary key, note blob not null)",
              "create table cosignatures (size integer not null, line blob not null,"
                  + " primary key (size, line))"));

  private SqliteSchema() {}

  /// Takes the steps that are missing, each in its own transaction.
  static void migrate(Path file, Connection connection) throws SQLException {
    for (int version = version(file, connection); version < STEPS.size(); version++) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("begin immediate");
        for (String step : STEPS.get(version)) {
          statement.execute(step);
        }
        statement.execute("pragma user_version = " + (version + 1));
        statement.execute("commit");
      }
    }
  }

  /// The version of the file; refuses one that this program does not know.
  static int version(Path file, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("pragma user_version")) {
      int version = row.getInt(1);
      if (version > STEPS.size()) {
        throw new ApiException(
            ErrorCode.CONFLICT,
            "the ledger file %s has schema version %d, this Steward knows versions up to %d: start the"
                    .formatted(file, version, STEPS.size())
                + " newer Steward that wrote it");
      }
      return version;
    }
  }

  /// Refuses a file of an older version, which a reader cannot migrate.
  static void requireCurrent(Path file, Connection connection) throws SQLException {
    int version = version(file, connection);
    if (version < STEPS.size()) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          "the ledger file %s has schema version %d, not %d: start the server on it once"
              .formatted(file, version, STEPS.size()));
    }
  }
}
