// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A small file that only its owner may read, written as a whole: after a crash it is the one
/// before or the one after, never a part.
final class OwnersFile {
  private OwnersFile() {}

  /// Returns when the file is on the medium under its name.
  static void write(Path file, byte[] bytes) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    try (Disk.Output out = Disk.REAL.create(draft)) {
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
      }
      out.write(ByteBuffer.wrap(bytes));
      out.sync();
    }
    Disk.REAL.publish(draft, file);
  }
}
