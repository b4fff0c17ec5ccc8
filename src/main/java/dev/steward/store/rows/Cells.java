// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.rows;

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
public final class Cells {
  private final ResultSet row;
  private int at;

  public Cells(ResultSet row) {
    this.row = row;
  }

  public LocalDate day() throws SQLException {
    return Objects.requireNonNull(row.getObject(++at, LocalDate.class));
  }

  public UUID id() throws SQLException {
    return Objects.requireNonNull(row.getObject(++at, UUID.class));
  }

  public @Nullable UUID idOrNull() throws SQLException {
    return row.getObject(++at, UUID.class);
  }

  public List<UUID> ids() throws SQLException {
    Object[] ids = (Object[]) row.getArray(++at).getArray();
    return Arrays.stream(ids).map(UUID.class::cast).toList();
  }

  public String text() throws SQLException {
    return Objects.requireNonNull(row.getString(++at));
  }

  public @Nullable String textOrNull() throws SQLException {
    return row.getString(++at);
  }

  public Set<String> texts() throws SQLException {
    Object[] texts = (Object[]) row.getArray(++at).getArray();
    Set<String> set = new TreeSet<>();
    Arrays.stream(texts).forEach(text -> set.add((String) text));
    return set;
  }

  public long big() throws SQLException {
    return row.getLong(++at);
  }

  public @Nullable Long bigOrNull() throws SQLException {
    long number = row.getLong(++at);
    return row.wasNull() ? null : Long.valueOf(number);
  }

  public int whole() throws SQLException {
    return row.getInt(++at);
  }

  public int tiny() throws SQLException {
    return row.getByte(++at);
  }

  public @Nullable Double realOrNull() throws SQLException {
    double number = row.getDouble(++at);
    return row.wasNull() ? null : Double.valueOf(number);
  }

  public boolean yes() throws SQLException {
    return row.getBoolean(++at);
  }

  public @Nullable BigDecimal amountOrNull() throws SQLException {
    return row.getBigDecimal(++at);
  }
}
