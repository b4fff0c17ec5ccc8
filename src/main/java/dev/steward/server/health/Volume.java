// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// A folder that the server must be able to write in, tried by writing in it. A try counts for a
/// few seconds, so that asking often costs nothing.
public final class Volume {
  private static final Duration COUNTS_FOR = Duration.ofSeconds(2);
  private static final int BYTES = 64 << 10;
  private static final String FILE = ".writable";

  private final String name;
  private final Path folder;
  private final InstantSource clock;
  private Instant tried = Instant.MIN;
  private Optional<String> trouble = Optional.empty();

  /// @param name of what lies in it, as people know it
  public Volume(String name, Path folder, InstantSource clock) {
    this.name = name;
    this.folder = folder;
    this.clock = clock;
  }

  /// Why nothing can be written, empty when all is well.
  public synchronized Optional<String> trouble() {
    Instant now = clock.instant();
    if (tried.isBefore(now.minus(COUNTS_FOR)) || tried.isAfter(now)) {
      trouble = attempt();
      tried = now;
    }
    return trouble;
  }

  private Optional<String> attempt() {
    Path file = folder.resolve(FILE);
    try {
      Files.write(file, new byte[BYTES]);
      Files.delete(file);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "the "
              + name
              + " cannot be written in "
              + folder
              + " ("
              + e
              + "): free space, or mend the disk and the folder's rights");
    }
  }
}
