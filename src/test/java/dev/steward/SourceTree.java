// SPDX-License-Identifier: Apache-2.0
package dev.steward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

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
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(start, new Below(ending, found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }

  /// Leaves out what is built, where files of other tests come and go.
  private static final class Below extends SimpleFileVisitor<Path> {
    private static final Set<String> BUILT = Set.of("target", "vendor", ".work", ".git");

    private final String ending;
    private final List<Path> found;

    Below(String ending, List<Path> found) {
      this.ending = ending;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return BUILT.contains(String.valueOf(folder.getFileName()))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && file.toString().endsWith(ending)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
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
