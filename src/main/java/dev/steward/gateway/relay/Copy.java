// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.relay;

import java.io.ByteArrayOutputStream;

/// A copy of what passed, up to a limit: read after the call, never in its way.
final class Copy {
  private final int max;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private boolean whole = true;

  Copy(int max) {
    this.max = max;
  }

  void add(byte[] from, int offset, int length) {
    if (bytes.size() + length <= max) {
      bytes.write(from, offset, length);
    } else {
      whole = false;
    }
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /// Whether nothing was left out.
  boolean whole() {
    return whole;
  }
}
