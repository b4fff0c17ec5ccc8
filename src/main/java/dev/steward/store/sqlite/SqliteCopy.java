// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Copies a SQLite file that a server may be writing to: the copy is one committed moment of it.
public final class SqliteCopy {
  private SqliteCopy() {}

  /// @throws dev.steward.domain.ApiException when the file cannot be read or the copy not written
  public static void of(Path file, Path copy) throws IOException {
    Files.createDirectories(copy.toAbsolutePath().getParent());
    try (Connection connection = SqliteConnections.readOnly(file);
        PreparedStatement statement = connection.prepareStatement("vacuum into ?")) {
      statement.setString(1, copy.toString());
      statement.execute();
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    }
  }
}
