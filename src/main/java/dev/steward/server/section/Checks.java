// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.section;

import dev.steward.server.setting.DataSize;
import java.time.Duration;

/// Checks that several sections share; each names the key it refuses.
final class Checks {
  private Checks() {}

  static void port(String key, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(key + " is " + port + ": a port is 0 to 65535");
    }
  }

  static void atLeast(String key, DataSize value, DataSize least) {
    if (value.bytes() < least.bytes()) {
      throw new IllegalArgumentException(
          key + " is " + value + ": it must be " + least + " or more");
    }
  }

  static void atLeast(String key, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          key + " is " + value + ": it must be " + least + " or more");
    }
  }

  static void notBelow(String key, long value, String otherKey, long other) {
    if (value < other) {
      throw new IllegalArgumentException(key + " is smaller than " + otherKey + ": raise it");
    }
  }

  static void positive(String key, Duration value) {
    if (value.isZero()) {
      throw new IllegalArgumentException(key + " is 0: it must be longer");
    }
  }
}
