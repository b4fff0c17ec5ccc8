// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells a span store that is damaged or incomplete from one whose disk refuses, and what to do
/// about it. Neither is ever repaired silently.
final class Damage {
  private static final List<String> SIGNS =
      List.of(
          "not a valid DuckDB database file",
          "Could not read enough bytes",
          "Corrupt",
          "Serialization Error",
          "Failure while replaying WAL",
          "INTERNAL Error",
          "Is a directory");

  private Damage() {}

  /// What to say of a store that could not be opened, empty when it is not damaged.
  static Optional<ApiException> of(Path folder, SQLException cause) {
    String told = String.valueOf(cause.getMessage());
    if (SIGNS.stream().noneMatch(told::contains)) {
      return Optional.empty();
    }
    return Optional.of(
        new ApiException(
            ErrorCode.STORAGE_FAILED,
            "the span store " + file(folder) + " is damaged: " + told + "; " + remedy(folder),
            cause));
  }

  /// A new file beside old Parquet days would not know of them, and retention would delete them.
  ///
  /// @throws ApiException STORAGE_FAILED when the file is gone and its days are there
  static void refuseOrphanedDays(Path folder) {
    Path archive = folder.resolve("archive");
    if (Files.exists(file(folder)) || Files.notExists(archive)) {
      return;
    }
    try (Stream<Path> days = Files.walk(archive)) {
      if (days.anyMatch(path -> path.toString().endsWith(".parquet"))) {
        throw new ApiException(
            ErrorCode.STORAGE_FAILED,
            "the span store "
                + file(folder)
                + " is gone, and the older days in "
                + archive
                + " are listed in it alone: put it back; or "
                + remedy(folder));
      }
    } catch (IOException e) {
      throw new ApiException(
          ErrorCode.STORAGE_FAILED,
          "cannot read " + archive + ": " + e.getMessage() + "; check its owner and the disk",
          e);
    }
  }

  private static Path file(Path folder) {
    return folder.resolve("spans.duckdb");
  }

  private static String remedy(Path folder) {
    return "restore a backup, or move the whole folder "
        + folder
        + " away: a new one is filled with what the journal still has. Until then telemetry is"
        + " kept in the journal";
  }
}
