// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/// Secure random numbers that are drawn many at a time, since each draw has a fixed price. Used for
/// ids; keys and secrets are drawn one by one, so that none lies in memory before it is made.
final class ReadAheadRandom implements RandomGenerator {
  private static final int BYTES = 4 << 10;

  private final RandomGenerator source;
  private final ByteBuffer ahead = ByteBuffer.allocate(BYTES).limit(0);

  /// @param source cannot be foreseen
  ReadAheadRandom(RandomGenerator source) {
    this.source = source;
  }

  @Override
  public synchronized long nextLong() {
    if (ahead.remaining() < Long.BYTES) {
      source.nextBytes(ahead.array());
      ahead.clear();
    }
    return ahead.getLong();
  }
}
