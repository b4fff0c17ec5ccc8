// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What one run has spent in the last minute, in twelve parts of five seconds.
final class LastMinute {
  private static final int PARTS = 12;
  private static final long SECONDS = 5;

  private final BigDecimal[] spent = new BigDecimal[PARTS];
  private String currency = "";
  private long newest = Long.MIN_VALUE;

  /// What was spent when it was last looked at.
  ///
  /// @param newest number of the newest part, counted from 1970 on
  /// @param parts what was spent in it and in those before it, the newest first
  record Spent(String currency, long newest, List<BigDecimal> parts) {
    static final Spent NOTHING = new Spent("", Long.MIN_VALUE, List.of());

    Spent {
      parts = List.copyOf(parts);
    }
  }

  LastMinute(Spent before) {
    Arrays.fill(spent, BigDecimal.ZERO);
    currency = before.currency();
    newest = before.newest();
    for (int back = 0; back < Math.min(PARTS, before.parts().size()); back++) {
      spent[place(newest - back)] = before.parts().get(back);
    }
  }

  Spent spent() {
    List<BigDecimal> parts = new ArrayList<>();
    int last = PARTS - 1;
    while (last >= 0 && spent[place(newest - last)].signum() == 0) {
      last--;
    }
    for (int back = 0; back <= last; back++) {
      parts.add(spent[place(newest - back)]);
    }
    return parts.isEmpty() ? Spent.NOTHING : new Spent(currency, newest, parts);
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
