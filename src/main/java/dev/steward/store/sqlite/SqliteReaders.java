// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Connections that read, a limited number of them, opened when first needed.
final class SqliteReaders implements AutoCloseable {
  private static final int READERS_MAX = 16;
  private static final int WAIT_SECONDS = 10;

  private final Path file;
  private final Source source;
  private final Semaphore permits = new Semaphore(READERS_MAX);
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  /// Opens one more connection.
  @FunctionalInterface
  interface Source {
    Connection open() throws SQLException;
  }

  SqliteReaders(Path file, Source source) {
    this.file = file;
    this.source = source;
  }

  Connection take() throws SQLException {
    acquire();
    try {
      Connection connection = takeIdle();
      return connection == null ? source.open() : connection;
    } catch (SQLException | RuntimeException e) {
      permits.release();
      throw e;
    }
  }

  void giveBack(Connection connection) throws SQLException {
    try {
      if (!keep(connection)) {
        connection.close();
      }
    } finally {
      permits.release();
    }
  }

  /// Ends a connection that failed.
  void discard(Connection connection) throws SQLException {
    try {
      connection.close();
    } finally {
      permits.release();
    }
  }

  private void acquire() {
    boolean acquired = false;
    try {
      acquired = permits.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(ErrorCode.LEDGER_BUSY, "interrupted before reading " + file, e);
    }
    if (!acquired) {
      throw new ApiException(
          ErrorCode.LEDGER_BUSY,
          READERS_MAX + " others have been reading " + file + " for long; try again later");
    }
  }

  private synchronized @Nullable Connection takeIdle() throws SQLException {
    if (closed) {
      throw new SQLException("the store is closed");
    }
    return idle.poll();
  }

  private synchronized boolean keep(Connection connection) {
    if (!closed) {
      idle.push(connection);
    }
    return !closed;
  }

  @Override
  public synchronized void close() throws SQLException {
    closed = true;
    for (Connection connection : idle) {
      connection.close();
    }
    idle.clear();
  }
}
