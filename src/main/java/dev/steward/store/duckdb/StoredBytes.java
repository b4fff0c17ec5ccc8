// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a store takes on disk, for measurements.
public record StoredBytes(long hot, long archived) {

  /// Measures after a checkpoint, so that nothing waits in the write-ahead log.
  public static StoredBytes of(DuckDbSpanStore store) {
    store.checkpoint();
    return new StoredBytes(
        size(store.folder().resolve("spans.duckdb"))
            + size(store.folder().resolve("spans.duckdb.wal")),
        size(store.folder().resolve("archive")));
  }

  public long all() {
    return hot + archived;
  }

  private static long size(Path path) {
    if (!Files.exists(path)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).mapToLong(StoredBytes::sizeOf).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
