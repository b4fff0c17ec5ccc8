// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// What the journal's writer asks of a disk; a port, so that tests can let it fail.
public interface Disk {

  /// Creates an empty file, replacing one of that name.
  Output create(Path file) throws IOException;

  /// Gives a file its name for good: after it the file is there under that name, whatever happens.
  void publish(Path from, Path to) throws IOException;

  /// A file being written. Only the thread that owns it touches it: an interrupt would close it.
  interface Output extends Closeable {
    void write(ByteBuffer bytes) throws IOException;

    /// Returns when everything written is on the medium.
    void sync() throws IOException;

    /// Cuts the file and writes on from there.
    void cut(long size) throws IOException;
  }

  /// The real one.
  Disk REAL =
      new Disk() {
        @Override
        public Output create(Path file) throws IOException {
          return new FileOutput(
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE));
        }

        @Override
        public void publish(Path from, Path to) throws IOException {
          Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          Path folder = to.toAbsolutePath().getParent();
          if (folder != null) {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
              names.force(true);
            }
          }
        }
      };

  /// A file through a channel.
  record FileOutput(FileChannel channel) implements Output {
    @Override
    public void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    @Override
    public void sync() throws IOException {
      channel.force(false);
    }

    @Override
    public void cut(long size) throws IOException {
      channel.truncate(size);
      channel.position(size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
