// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The first bytes of a segment file, which also seal the segment before it.
///
/// @param spans accepted before this segment, from the first record ever
/// @param previousEnd where the segment before it ends; what lies behind was never acknowledged
/// @param salt goes into every checksum of the segment, so that no payload can look like a frame
record SegmentHeader(long number, long spans, long previousEnd, long salt) {
  static final int BYTES = 64;
  private static final long MAGIC = 0x53545744_4a524e31L;
  private static final int SUMMED_BYTES = 40;

  ByteBuffer bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(MAGIC).putLong(number).putLong(spans).putLong(previousEnd).putLong(salt);
    bytes.putInt(sum(bytes.array()));
    return bytes.clear();
  }

  /// Reads the header of a file; empty when there is no whole one.
  static Optional<SegmentHeader> read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(BYTES);
    }
    if (bytes.length < BYTES) {
      return Optional.empty();
    }
    ByteBuffer fields = ByteBuffer.wrap(bytes);
    long magic = fields.getLong();
    SegmentHeader header =
        new SegmentHeader(fields.getLong(), fields.getLong(), fields.getLong(), fields.getLong());
    return magic == MAGIC && fields.getInt() == sum(bytes) ? Optional.of(header) : Optional.empty();
  }

  private static int sum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, SUMMED_BYTES);
    return (int) crc.getValue();
  }
}
