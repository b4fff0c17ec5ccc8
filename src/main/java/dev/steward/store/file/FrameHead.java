// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What stands before each record in a segment.
///
/// @param length of the record
/// @param spans accepted from the first record ever to behind this one
/// @param count spans of this record
/// @param bodySum checksum of the record
public record FrameHead(int length, long spans, int count, int bodySum) {
  public static final int BYTES = 28;
  private static final int SUMMED_BYTES = BYTES - Integer.BYTES;

  /// The four bytes that every head of a segment begins with.
  static int marker(long salt) {
    return (int) (salt ^ (salt >>> 32));
  }

  public static int bodySum(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body, 0, body.length);
    return (int) crc.getValue();
  }

  public byte[] bytes(long salt, long offset) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putInt(marker(salt)).putInt(length).putLong(spans).putInt(count).putInt(bodySum);
    bytes.putInt(sum(bytes.array(), salt, offset));
    return bytes.array();
  }

  /// Reads a head that was written at that offset of that segment, null when it is not one.
  static @Nullable FrameHead of(byte[] bytes, long salt, long offset) {
    ByteBuffer fields = ByteBuffer.wrap(bytes, 0, BYTES);
    if (fields.getInt() != marker(salt)) {
      return null;
    }
    FrameHead head =
        new FrameHead(fields.getInt(), fields.getLong(), fields.getInt(), fields.getInt());
    boolean sound = fields.getInt() == sum(bytes, salt, offset) && head.length >= 0;
    return sound ? head : null;
  }

  private static int sum(byte[] bytes, long salt, long offset) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(salt).putLong(offset).flip());
    crc.update(bytes, 0, SUMMED_BYTES);
    return (int) crc.getValue();
  }
}
