// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.form;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Single values of the protocol in our types.
public final class Wire {
  private static final long NANOS = 1_000_000_000L;

  private Wire() {}

  /// Nanoseconds since 1970 as the wire has them: 64 bits without a sign.
  public static Instant time(long unixNanos) {
    return Instant.ofEpochSecond(
        Long.divideUnsigned(unixNanos, NANOS), Long.remainderUnsigned(unixNanos, NANOS));
  }

  static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  /// An id, null when it is absent or all zeros.
  public static @Nullable String id(ByteString id) {
    for (int i = 0; i < id.size(); i++) {
      if (id.byteAt(i) != 0) {
        return hex(id);
      }
    }
    return null;
  }
}
