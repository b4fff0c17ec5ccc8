// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The tables of the span store. Each version is one file of statements that brings the version
/// before it forward; there is no way back.
final class Schema {
  static final int VERSION = 5;

  private Schema() {}

  static void bringForward(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table if not exists schema_version (version integer)");
      int version = version(statement);
      if (version > VERSION) {
        throw new ApiException(
            ErrorCode.CONFLICT,
            "the span store has schema version "
                + version
                + ", this server knows up to "
                + VERSION
                + ": start the newer server that wrote it, or restore a backup");
      }
      for (int next = version + 1; next <= VERSION; next++) {
        connection.setAutoCommit(false);
        bringTo(next, statement);
        connection.commit();
        connection.setAutoCommit(true);
      }
      refuseOtherColumns(statement);
    }
  }

  private static void bringTo(int version, Statement statement) throws SQLException {
    try {
      statement.execute(text("schema-" + version + ".sql"));
    } catch (SQLException e) {
      if (String.valueOf(e.getMessage()).contains("Catalog Error")) {
        throw refusal("it cannot be brought to schema version " + version + ": " + e.getMessage());
      }
      throw e;
    }
    statement.execute("delete from schema_version");
    statement.execute("insert into schema_version values (" + version + ")");
  }

  /// Rows are written and read by the place of their columns, so that a table with others would be
  /// filled wrongly. What there should be is asked of an empty database with the same statements.
  private static void refuseOtherColumns(Statement statement) throws SQLException {
    Map<String, List<String>> found = columns(statement);
    Map<String, List<String>> wanted;
    try (Connection empty = DriverManager.getConnection("jdbc:duckdb:");
        Statement making = empty.createStatement()) {
      making.execute("set threads = 1");
      making.execute("create table schema_version (version integer)");
      for (int version = 1; version <= VERSION; version++) {
        making.execute(text("schema-" + version + ".sql"));
      }
      wanted = columns(making);
    }
    for (Map.Entry<String, List<String>> table : wanted.entrySet()) {
      List<String> there = found.getOrDefault(table.getKey(), List.of());
      if (!there.equals(table.getValue())) {
        throw refusal("its table '" + table.getKey() + "' " + difference(there, table.getValue()));
      }
    }
  }

  private static String difference(List<String> there, List<String> wanted) {
    if (there.isEmpty()) {
      return "is missing";
    }
    List<String> missing = wanted.stream().filter(column -> !there.contains(column)).toList();
    List<String> strange = there.stream().filter(column -> !wanted.contains(column)).toList();
    if (!missing.isEmpty()) {
      return "lacks the columns " + missing;
    }
    return strange.isEmpty()
        ? "has its columns in another order"
        : "has the columns " + strange + ", which this server does not know";
  }

  private static ApiException refusal(String cause) {
    return new ApiException(
        ErrorCode.CONFLICT,
        "the span store says it has a schema that this server knows, but "
            + cause
            + ": start the server that wrote it, or restore a backup");
  }

  private static Map<String, List<String>> columns(Statement statement) throws SQLException {
    Map<String, List<String>> columns = new TreeMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "select table_name, column_name || ' ' || data_type from duckdb_columns() where not"
                + " internal and schema_name = 'main' and database_name = current_database() order"
                + " by table_name, column_index")) {
      while (rows.next()) {
        columns.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>()).add(rows.getString(2));
      }
    }
    return columns;
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("select coalesce(max(version), 0) from schema_version")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static String text(String name) {
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("unreadable resource " + name, e);
    }
  }
}
