// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.view;

import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Ids of what begins here, ordered by time (RFC 9562 version 7), as those that the API gives.
public record TimeIds(RandomGenerator random, InstantSource clock) {
  public String next() {
    Instant now = clock.instant();
    long high = (now.toEpochMilli() << 16) | 0x7000 | (random.nextLong() & 0xfff);
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
