// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;

/// What one run has spent in the last minute, in twelve parts of five seconds.
final class LastMinute {
  private static final int PARTS = 12;
  private static final long SECONDS = 5;

  private final BigDecimal[] spent = new BigDecimal[PARTS];
  private String currency = "";
  private long newest = Long.MIN_VALUE;

  LastMinute() {
    Arrays.fill(spent, BigDecimal.ZERO);
  }

  /// The sum of the minute that ends now.
  BigDecimal add(Instant at, BigDecimal amount, String in) {
    long part = Math.floorDiv(at.getEpochSecond(), SECONDS);
    if (!in.equals(currency) || part >= newest + PARTS || newest == Long.MIN_VALUE) {
      Arrays.fill(spent, BigDecimal.ZERO);
      currency = in;
      newest = part;
    }
    for (long next = newest + 1; next <= part; next++) {
      spent[place(next)] = BigDecimal.ZERO;
    }
    newest = Math.max(newest, part);
    // An answer that comes out of order counts as new.
    spent[place(newest)] = spent[place(newest)].add(amount);
    BigDecimal sum = BigDecimal.ZERO;
    for (BigDecimal one : spent) {
      sum = sum.add(one);
    }
    return sum;
  }

  private static int place(long part) {
    return (int) Math.floorMod(part, (long) PARTS);
  }
}
