// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The first bytes of a budget log.
///
/// @param salt goes into every checksum of the file
/// @param boot by which the system tells one boot of the machine from another, "" where it does not
record BudgetLogHeader(long salt, String boot) {
  static final int BYTES = 72;
  private static final long MAGIC = 0x53545742_55444731L;
  private static final int BOOT_BYTES = 48;
  private static final int SUMMED_BYTES = BYTES - Integer.BYTES - Integer.BYTES;
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /// The boot of this machine, "" where the system does not tell.
  static String thisBoot() {
    try {
      String id = Files.readString(BOOT_ID).strip();
      return id.length() <= BOOT_BYTES ? id : id.substring(0, BOOT_BYTES);
    } catch (IOException _) {
      return "";
    }
  }

  byte[] bytes() {
    byte[] name = Arrays.copyOf(boot.getBytes(StandardCharsets.US_ASCII), BOOT_BYTES);
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(MAGIC).putLong(salt).put(name);
    bytes.putInt(sum(bytes.array()));
    return bytes.array();
  }

  /// Reads the header of a file, null when there is no whole one.
  static @Nullable BudgetLogHeader read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(BYTES);
    }
    if (bytes.length < BYTES) {
      return null;
    }
    ByteBuffer fields = ByteBuffer.wrap(bytes);
    long magic = fields.getLong();
    long salt = fields.getLong();
    byte[] name = new byte[BOOT_BYTES];
    fields.get(name);
    return magic == MAGIC && fields.getInt() == sum(bytes)
        ? new BudgetLogHeader(salt, new String(name, StandardCharsets.US_ASCII).replace("\0", ""))
        : null;
  }

  private static int sum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, SUMMED_BYTES);
    return (int) crc.getValue();
  }
}
