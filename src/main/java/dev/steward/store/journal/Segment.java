// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.journal;

import dev.steward.trace.JournalPosition;
import java.nio.file.Path;
import java.util.Locale;

/// One segment file of the journal.
record Segment(Path file, SegmentHeader header) {
  private static final String SUFFIX = ".segment";

  long number() {
    return header.number();
  }

  JournalPosition start() {
    return new JournalPosition(number(), SegmentHeader.BYTES, header.spans());
  }

  static Path file(Path folder, long number) {
    return folder.resolve(String.format(Locale.ROOT, "%012d", number) + SUFFIX);
  }

  /// The number in a file's name, -1 when it is not a segment's.
  static long numberOf(Path file) {
    String name = file.getFileName().toString();
    if (!name.matches("\\d{12}\\" + SUFFIX)) {
      return -1;
    }
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }
}
