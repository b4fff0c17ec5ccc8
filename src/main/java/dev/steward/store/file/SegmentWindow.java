// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A segment file read through a window of bytes kept in memory. Not a channel: an interrupt of the
/// thread that reads must not close the file.
final class SegmentWindow implements Closeable {
  private static final int WINDOW_BYTES = 256 << 10;

  private final RandomAccessFile file;
  private final byte[] window = new byte[WINDOW_BYTES];
  private long windowStart;
  private int windowLength;
  private long length;

  SegmentWindow(Path path) throws IOException {
    this.file = new RandomAccessFile(path.toFile(), "r");
  }

  /// How much of what lies below the limit is there; a file that is read while it is written only
  /// grows.
  long within(long limit) throws IOException {
    if (limit > length) {
      length = file.length();
    }
    return Math.min(limit, length);
  }

  /// Fills the bytes from that place on; nothing at or behind the limit is looked at.
  void read(long at, byte[] into, long limit) throws IOException {
    if (into.length > WINDOW_BYTES) {
      file.seek(at);
      file.readFully(into);
      return;
    }
    cover(at, into.length, limit);
    System.arraycopy(window, (int) (at - windowStart), into, 0, into.length);
  }

  /// The first place from there on that holds the four bytes, or -1.
  long find(int marker, long from, long limit) throws IOException {
    byte first = (byte) (marker >>> 24);
    for (long at = from; limit - at >= Integer.BYTES; at++) {
      cover(at, Integer.BYTES, limit);
      int index = (int) (at - windowStart);
      if (window[index] == first && ByteBuffer.wrap(window).getInt(index) == marker) {
        return at;
      }
    }
    return -1;
  }

  private void cover(long at, int length, long limit) throws IOException {
    if (at >= windowStart && at + length <= windowStart + windowLength) {
      return;
    }
    windowLength = 0;
    int wanted = (int) Math.min(WINDOW_BYTES, limit - at);
    file.seek(at);
    file.readFully(window, 0, wanted);
    windowStart = at;
    windowLength = wanted;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
