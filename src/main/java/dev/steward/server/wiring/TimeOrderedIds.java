// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// UUIDv7: ids that sort by the time they were made.
final class TimeOrderedIds implements Supplier<String> {
  private final InstantSource clock;
  private final RandomGenerator random;

  TimeOrderedIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public String get() {
    long high = (clock.millis() << 16) | 0x7000 | (random.nextLong() & 0xfff);
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
