// SPDX-License-Identifier: Apache-2.0
package dev.steward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The checkout that the tests run in.
public final class SourceTree {
  private static final Path ROOT = Path.of("").toAbsolutePath();

  private SourceTree() {}

  public static Path root() {
    return ROOT;
  }

  /// All files below the folder with the ending, in order of path.
  public static List<Path> files(String folder, String ending) {
    Path start = ROOT.resolve(folder);
    if (!Files.exists(start)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(start)) {
      return walk.filter(Files::isRegularFile)
          .filter(f -> f.toString().endsWith(ending))
          .filter(f -> !ROOT.relativize(f).toString().matches("(^|.*/)(target|vendor|[.]work)/.*"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
