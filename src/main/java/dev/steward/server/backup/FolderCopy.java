// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Copies folders file by file, with their rights.
final class FolderCopy {
  private FolderCopy() {}

  static void of(Path from, Path to, Predicate<Path> wanted) throws IOException {
    of(from, to, wanted, (_, _) -> {});
  }

  static void of(Path from, Path to, Predicate<Path> wanted, Restore.Watch watch)
      throws IOException {
    List<Path> all = files(from);
    for (int i = 0; i < all.size(); i++) {
      Path file = all.get(i);
      watch.copied(i, all.size());
      if (wanted.test(file)) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    watch.copied(all.size(), all.size());
  }

  /// Makes the folder where it is missing. Keys and the names of people lie in it.
  static void createForOwnerOnly(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      return inside.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /// What the files of a folder add up to; one that goes away meanwhile counts nothing.
  static long bytes(Path folder) throws IOException {
    SizeCount count = new SizeCount();
    if (Files.exists(folder)) {
      Files.walkFileTree(folder, count);
    }
    return count.bytes();
  }

  /// Whether nothing lies there yet.
  static boolean isFree(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }
}
