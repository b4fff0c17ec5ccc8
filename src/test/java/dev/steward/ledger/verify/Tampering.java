// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.verify;

import dev.steward.ledger.LedgerFolder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Ways to change a ledger behind its back, each at any place of it.
enum Tampering {
  FLIP_ENTRY("entries", "data"),
  FLIP_BODY_LIST("entries", "bodies"),
  FLIP_TILE("tiles", "hashes"),
  FLIP_BODY("blobs", "bytes"),
  FLIP_BODY_DIGEST("blobs", "digest"),
  FLIP_CHECKPOINT("checkpoints", "note"),
  FLIP_COSIGNATURE("cosignatures", "line"),
  MOVE_ENTRY("entries", "entry_index"),
  MOVE_TILE("tiles", "tile_index"),
  MOVE_TILE_LEVEL("tiles", "level"),
  MOVE_BODY("blobs", "entry_index"),
  MOVE_CHECKPOINT("checkpoints", "size"),
  MOVE_COSIGNATURE("cosignatures", "size"),
  DELETE_ENTRY("entries", ""),
  DELETE_TILE("tiles", ""),
  DELETE_BODY("blobs", ""),
  CUT_ENTRY("entries", "data"),
  CUT_TILE("tiles", "hashes"),
  CUT_BODY("blobs", "bytes"),
  CUT_CHECKPOINT("checkpoints", "note"),
  CUT_COSIGNATURE("cosignatures", "line"),
  SWAP_ENTRIES("entries", "data"),
  SWAP_TILES("tiles", "hashes"),
  SWAP_BODIES("blobs", "bytes"),
  SWAP_CHECKPOINTS("checkpoints", "note");

  private final String table;
  private final String column;

  Tampering(String table, String column) {
    this.table = table;
    this.column = column;
  }

  /// Tampers with the row and the bit that the two numbers point at.
  ///
  /// @return a description, "" when there is nothing to change at that place
  String apply(LedgerFolder folder, int where, int bit) throws SQLException {
    try (Connection connection = folder.connect()) {
      List<Long> rows = rows(connection);
      long row = rows.get(where % rows.size());
      long other = rows.get((where + 1 + bit % (rows.size() - 1)) % rows.size());
      String done =
          switch (name().substring(0, name().indexOf('_'))) {
            case "FLIP" -> write(connection, row, flipped(bytes(connection, row), bit));
            case "CUT" -> write(connection, row, cut(bytes(connection, row), bit));
            case "SWAP" -> swap(connection, row, other);
            case "DELETE" -> update(connection, "delete from " + table + " where rowid = " + row);
            default ->
                update(
                    connection,
                    "update or replace %s set %s = %s + %d where rowid = %d"
                        .formatted(table, column, column, 1 + bit % 3, row));
          };
      return done.isEmpty() ? "" : this + ": " + done;
    }
  }

  private List<Long> rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select rowid from " + table)) {
      List<Long> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(result.getLong(1));
      }
      return rows;
    }
  }

  private byte[] bytes(Connection connection, long row) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select %s from %s where rowid = %d".formatted(column, table, row))) {
      return result.getBytes(1);
    }
  }

  private String write(Connection connection, long row, byte[] bytes) throws SQLException {
    if (bytes.length == 0) {
      return "";
    }
    String sql = "update %s set %s = ? where rowid = ?".formatted(table, column);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setBytes(1, bytes);
      statement.setLong(2, row);
      statement.executeUpdate();
    }
    return "row " + row + " of " + table;
  }

  private String swap(Connection connection, long row, long other) throws SQLException {
    byte[] one = bytes(connection, row);
    byte[] two = bytes(connection, other);
    if (Arrays.equals(one, two)) {
      return "";
    }
    write(connection, other, one);
    return write(connection, row, two) + " with " + other;
  }

  private static String update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
    return sql;
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    if (bytes.length == 0) {
      return bytes;
    }
    byte[] changed = bytes.clone();
    changed[bit / 8 % bytes.length] ^= (byte) (1 << (bit % 8));
    return changed;
  }

  private static byte[] cut(byte[] bytes, int by) {
    return Arrays.copyOf(bytes, bytes.length - 1 - by % (bytes.length - 1));
  }
}
