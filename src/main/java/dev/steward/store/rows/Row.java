// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.rows;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Appends rows to one table, column by column.
public final class Row implements AutoCloseable {
  private final DuckDBAppender appender;

  public Row(DuckDBConnection connection, String table) throws SQLException {
    appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table);
  }

  public Row begin() throws SQLException {
    appender.beginRow();
    return this;
  }

  public void end() throws SQLException {
    appender.endRow();
  }

  public Row day(LocalDate day) throws SQLException {
    appender.append(day);
    return this;
  }

  public Row id(@Nullable UUID id) throws SQLException {
    if (id == null) {
      appender.appendNull();
    } else {
      appender.appendUUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
    return this;
  }

  public Row trace(@Nullable String traceId) throws SQLException {
    return id(traceId == null ? null : Ids.trace(traceId));
  }

  public Row span(@Nullable String spanId) throws SQLException {
    return big(spanId == null ? null : Long.valueOf(Ids.span(spanId)));
  }

  public Row at(Instant at) throws SQLException {
    return big(Ids.nanos(at));
  }

  public Row ids(Collection<UUID> ids) throws SQLException {
    appender.append(ids);
    return this;
  }

  public Row text(@Nullable String text) throws SQLException {
    if (text == null) {
      appender.appendNull();
    } else {
      appender.append(LongText.clipped(text));
    }
    return this;
  }

  public Row texts(Collection<String> texts) throws SQLException {
    appender.append(texts);
    return this;
  }

  public Row big(long number) throws SQLException {
    appender.append(number);
    return this;
  }

  public Row big(@Nullable Long number) throws SQLException {
    if (number == null) {
      appender.appendNull();
    } else {
      appender.append(number.longValue());
    }
    return this;
  }

  public Row whole(int number) throws SQLException {
    appender.append(number);
    return this;
  }

  public Row tiny(int number) throws SQLException {
    appender.append((byte) number);
    return this;
  }

  public Row real(@Nullable Double number) throws SQLException {
    if (number == null) {
      appender.appendNull();
    } else {
      appender.append(number.doubleValue());
    }
    return this;
  }

  public Row yes(boolean value) throws SQLException {
    appender.append(value);
    return this;
  }

  public Row amount(@Nullable BigDecimal amount) throws SQLException {
    if (amount == null) {
      appender.appendNull();
    } else {
      appender.append(Ids.amount(amount));
    }
    return this;
  }

  public Row bytes(byte[] bytes) throws SQLException {
    appender.append(bytes);
    return this;
  }

  @Override
  public void close() throws SQLException {
    appender.close();
  }
}
