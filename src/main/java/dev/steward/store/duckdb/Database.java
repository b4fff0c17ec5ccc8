// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.store.rows.Tables;
import dev.steward.trace.JournalPosition;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import org.duckdb.DuckDBConnection;

/// One DuckDB file: one connection that writes, a few that read.
final class Database implements Tables, AutoCloseable {
  private static final List<String> DATA_ERRORS =
      List.of(
          "Conversion Error:", "Constraint Error:", "Out of Range Error:", "Invalid Input Error:");

  private static final int READERS = 4;

  private final Path folder;
  private final DuckDbConfig config;
  private final FileChannel lockFile;
  private volatile DuckDBConnection writer;
  private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(READERS);
  private final Semaphore reading = new Semaphore(READERS, true);

  private volatile boolean closed;

  private Database(
      Path folder, DuckDbConfig config, FileChannel lockFile, DuckDBConnection writer) {
    this.folder = folder;
    this.config = config;
    this.lockFile = lockFile;
    this.writer = writer;
  }

  static Database open(Path folder, DuckDbConfig config) {
    FileChannel lock = lock(folder);
    try {
      Damage.refuseOrphanedDays(folder);
      return new Database(folder, config, lock, connect(folder, config));
    } catch (SQLException e) {
      release(lock);
      throw Damage.of(folder, e).orElseGet(() -> failed("open the span store in " + folder, e));
    } catch (ApiException e) {
      release(lock);
      throw e;
    }
  }

  private static DuckDBConnection connect(Path folder, DuckDbConfig config) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", config.memoryMib() + "MiB");
    settings.setProperty("threads", Integer.toString(config.threads()));
    settings.setProperty("temp_directory", folder.resolve("temp").toString());
    settings.setProperty("checkpoint_threshold", "64MiB");
    settings.setProperty("late_materialization_max_rows", "1000");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    Connection connection =
        DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("spans.duckdb"), settings);
    try {
      Schema.bringForward(connection);
    } catch (SQLException | ApiException e) {
      connection.close();
      throw e;
    }
    return connection.unwrap(DuckDBConnection.class);
  }

  /// Whether DuckDB wants to be opened again before it does anything more.
  static boolean isFatal(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("FATAL")
        || message.contains("invalidated")
        || message.contains("to recover");
  }

  /// Closes every connection and opens the file anew. Its user holds the write lock.
  void reopen() throws SQLException {
    reading.acquireUninterruptibly(READERS);
    try {
      for (Connection connection : idle) {
        connection.close();
      }
      idle.clear();
      writer.close();
      writer = connect(folder, config);
    } finally {
      reading.release(READERS);
    }
  }

  /// Whether the last committed batch is the one that reaches this position.
  boolean reached(JournalPosition position) throws SQLException {
    return query(
            writer,
            "select segment, place, spans from loader",
            _ -> {},
            row -> new JournalPosition(row.getLong(1), row.getLong(2), row.getLong(3)))
        .getFirst()
        .equals(position);
  }

  private static FileChannel lock(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("spans.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException _) {
        lock = null;
      }
      if (lock == null) {
        channel.close();
        throw new ApiException(
            ErrorCode.CONFLICT,
            "the span store in "
                + folder
                + " is open in another server: stop that one, or give this one its own folder");
      }
      return channel;
    } catch (IOException e) {
      throw new ApiException(
          ErrorCode.STORAGE_FAILED,
          "cannot write in " + folder + ": " + e.getMessage() + "; check its owner and free space",
          e);
    }
  }

  private static void release(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new ApiException(ErrorCode.STORAGE_FAILED, "cannot release the lock file", e);
    }
  }

  /// The one connection that writes; its user holds the write lock of the store.
  DuckDBConnection writer() {
    return writer;
  }

  @Override
  public <T> List<T> read(String sql, Binder binder, Mapper<T> mapper) {
    try {
      return reading(connection -> query(connection, sql, binder, mapper));
    } catch (SQLException e) {
      throw failed("read the span store", e);
    }
  }

  /// What is done with a connection that only reads.
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /// Lends a connection beside the one that writes, which goes on meanwhile.
  <T> T reading(Work<T> work) throws SQLException {
    reading.acquireUninterruptibly();
    Connection connection = idle.poll();
    try {
      if (closed) {
        throw new ApiException(
            ErrorCode.STARTING, "the span store is closed: the server is stopping, ask it later");
      }
      if (connection == null) {
        connection = writer.duplicate();
      }
      return work.on(connection);
    } finally {
      if (connection != null) {
        idle.add(connection);
      }
      reading.release();
    }
  }

  static <T> List<T> query(Connection connection, String sql, Binder binder, Mapper<T> mapper)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      binder.bind(statement);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          T value = mapper.map(rows);
          if (value != null) {
            found.add(value);
          }
        }
        return found;
      }
    }
  }

  /// What stopped DuckDB, told apart: data that it cannot keep is INVALID, since trying again would
  /// never help; everything else is its disk, its memory or itself.
  static ApiException failed(String what, SQLException cause) {
    String told = String.valueOf(cause.getMessage());
    if (DATA_ERRORS.stream().anyMatch(told::contains)) {
      return new ApiException(ErrorCode.INVALID, "cannot " + what + ": " + told, cause);
    }
    return new ApiException(
        ErrorCode.STORAGE_FAILED,
        "cannot " + what + ": " + told + "; check free space and rights of the data folder",
        cause);
  }

  @Override
  public void close() {
    reading.acquireUninterruptibly(READERS);
    try {
      if (closed) {
        return;
      }
      closed = true;
      for (Connection connection : idle) {
        connection.close();
      }
      idle.clear();
      writer.close();
    } catch (SQLException e) {
      throw failed("close the span store", e);
    } finally {
      reading.release(READERS);
      release(lockFile);
    }
  }
}
