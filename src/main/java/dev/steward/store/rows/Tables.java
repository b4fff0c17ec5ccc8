// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.rows;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tables of the span store as they are read.
public interface Tables {

  /// What the rows of a query make, in their order.
  <T> List<T> read(String sql, Binder binder, Mapper<T> mapper);

  /// Sets the parameters of a statement.
  @FunctionalInterface
  interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /// Makes a value of a row, or null to leave it out.
  @FunctionalInterface
  interface Mapper<T> {
    @Nullable T map(ResultSet row) throws SQLException;
  }
}
