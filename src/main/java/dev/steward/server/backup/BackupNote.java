// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// What a backup says of itself. It is written last: a folder without one is not a whole backup.
///
/// @param spans accepted spans that the copied span store holds; the copied journal holds the rest
/// @param controlEntries entries of the copied control ledger, at least
public record BackupNote(Instant at, long spans, long controlEntries) {
  private static final String FILE = "backup.json";
  private static final JsonMapper JSON = new JsonMapper();

  void write(Path folder) throws IOException {
    Files.write(folder.resolve(FILE), JSON.writeValueAsBytes(this));
  }

  static Optional<BackupNote> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    return Files.isRegularFile(file)
        ? Optional.of(JSON.readValue(Files.readAllBytes(file), BackupNote.class))
        : Optional.empty();
  }
}
