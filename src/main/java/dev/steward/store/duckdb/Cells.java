// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The columns of one row from left to right, the counterpart of `Row`. Looking columns up by name
/// costs more than reading them.
final class Cells {
  private final ResultSet row;
  private int at;

  Cells(ResultSet row) {
    this.row = row;
  }

  LocalDate day() throws SQLException {
    return Objects.requireNonNull(row.getObject(++at, LocalDate.class));
  }

  UUID id() throws SQLException {
    return Objects.requireNonNull(row.getObject(++at, UUID.class));
  }

  @Nullable UUID idOrNull() throws SQLException {
    return row.getObject(++at, UUID.class);
  }

  List<UUID> ids() throws SQLException {
    Object[] ids = (Object[]) row.getArray(++at).getArray();
    return Arrays.stream(ids).map(UUID.class::cast).toList();
  }

  String text() throws SQLException {
    return Objects.requireNonNull(row.getString(++at));
  }

  @Nullable String textOrNull() throws SQLException {
    return row.getString(++at);
  }

  Set<String> texts() throws SQLException {
    Object[] texts = (Object[]) row.getArray(++at).getArray();
    Set<String> set = new TreeSet<>();
    Arrays.stream(texts).forEach(text -> set.add((String) text));
    return set;
  }

  long big() throws SQLException {
    return row.getLong(++at);
  }

  @Nullable Long bigOrNull() throws SQLException {
    long number = row.getLong(++at);
    return row.wasNull() ? null : Long.valueOf(number);
  }

  int whole() throws SQLException {
    return row.getInt(++at);
  }

  int tiny() throws SQLException {
    return row.getByte(++at);
  }

  @Nullable Double realOrNull() throws SQLException {
    double number = row.getDouble(++at);
    return row.wasNull() ? null : Double.valueOf(number);
  }

  boolean yes() throws SQLException {
    return row.getBoolean(++at);
  }

  @Nullable BigDecimal amountOrNull() throws SQLException {
    return row.getBigDecimal(++at);
  }
}
