// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.stdio;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Lines of a stream, each of at most so many bytes.
final class Lines {
  private final InputStream in;
  private final int max;
  private final boolean cuts;

  /// @param cuts whether a longer line is cut; else it is an error
  Lines(InputStream in, int max, boolean cuts) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.max = max;
    this.cuts = cuts;
  }

  /// The next line without its end, null after the last.
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) {
        return line.size() == 0 ? null : line.toByteArray();
      }
      if (line.size() < max) {
        line.write(each);
      } else if (!cuts) {
        throw new IOException("a message is longer than " + max + " bytes");
      }
    }
    return line.toByteArray();
  }
}
