// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// The real disk with faults: full, unable to sync, or unable to create files while told so.
public final class FaultyDisk implements Disk {
  public volatile boolean full;
  public volatile boolean syncFails;
  public volatile boolean createFails;
  public volatile boolean cutFails;

  /// Files whose sync has failed and that were written afterwards: there must be none.
  public final Set<Path> writtenAfterFailedSync = new HashSet<>();

  @Override
  public Output create(Path file) throws IOException {
    if (createFails) {
      throw new IOException("no file can be made");
    }
    return new FaultyOutput(file, Disk.REAL.create(file));
  }

  @Override
  public void publish(Path from, Path to) throws IOException {
    Disk.REAL.publish(from, to);
  }

  private final class FaultyOutput implements Output {
    private final Path file;
    private final Output real;
    private boolean suspect;

    FaultyOutput(Path file, Output real) {
      this.file = file;
      this.real = real;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      if (suspect) {
        writtenAfterFailedSync.add(file);
      }
      if (full) {
        real.write(bytes.slice(bytes.position(), bytes.remaining() / 2));
        throw new IOException("No space left on device");
      }
      real.write(bytes);
    }

    @Override
    public void sync() throws IOException {
      if (syncFails) {
        suspect = true;
        throw new IOException("Input/output error");
      }
      real.sync();
    }

    @Override
    public void cut(long size) throws IOException {
      if (cutFails) {
        suspect = true;
        throw new IOException("Input/output error");
      }
      real.cut(size);
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}
