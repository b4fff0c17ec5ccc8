// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

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
final class Row implements AutoCloseable {
  private final DuckDBAppender appender;

  Row(DuckDBConnection connection, String table) throws SQLException {
    appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table);
  }

  Row begin() throws SQLException {
    appender.beginRow();
    return this;
  }

  void end() throws SQLException {
    appender.endRow();
  }

  Row day(LocalDate day) throws SQLException {
    appender.append(day);
    return this;
  }

  Row id(@Nullable UUID id) throws SQLException {
    if (id == null) {
      appender.appendNull();
    } else {
      appender.appendUUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
    return this;
  }

  Row trace(@Nullable String traceId) throws SQLException {
    return id(traceId == null ? null : Ids.trace(traceId));
  }

  Row span(@Nullable String spanId) throws SQLException {
    return big(spanId == null ? null : Long.valueOf(Ids.span(spanId)));
  }

  Row at(Instant at) throws SQLException {
    return big(Ids.nanos(at));
  }

  Row ids(Collection<UUID> ids) throws SQLException {
    appender.append(ids);
    return this;
  }

  Row text(@Nullable String text) throws SQLException {
    if (text == null) {
      appender.appendNull();
    } else {
      appender.append(LongText.clipped(text));
    }
    return this;
  }

  Row texts(Collection<String> texts) throws SQLException {
    appender.append(texts);
    return this;
  }

  Row big(long number) throws SQLException {
    appender.append(number);
    return this;
  }

  Row big(@Nullable Long number) throws SQLException {
    if (number == null) {
      appender.appendNull();
    } else {
      appender.append(number.longValue());
    }
    return this;
  }

  Row whole(int number) throws SQLException {
    appender.append(number);
    return this;
  }

  Row tiny(int number) throws SQLException {
    appender.append((byte) number);
    return this;
  }

  Row real(@Nullable Double number) throws SQLException {
    if (number == null) {
      appender.appendNull();
    } else {
      appender.append(number.doubleValue());
    }
    return this;
  }

  Row yes(boolean value) throws SQLException {
    appender.append(value);
    return this;
  }

  Row amount(@Nullable BigDecimal amount) throws SQLException {
    if (amount == null) {
      appender.appendNull();
    } else {
      appender.append(Ids.amount(amount));
    }
    return this;
  }

  Row bytes(byte[] bytes) throws SQLException {
    appender.append(bytes);
    return this;
  }

  @Override
  public void close() throws SQLException {
    appender.close();
  }
}
