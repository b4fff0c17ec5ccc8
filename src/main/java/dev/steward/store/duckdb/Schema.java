// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// The tables of the span store. Each version is one file of statements that brings the version
/// before it forward; there is no way back.
final class Schema {
  static final int VERSION = 2;

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
        statement.execute(text("schema-" + next + ".sql"));
        statement.execute("delete from schema_version");
        statement.execute("insert into schema_version values (" + next + ")");
        connection.commit();
        connection.setAutoCommit(true);
      }
    }
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
