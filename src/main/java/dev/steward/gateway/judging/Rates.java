// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.judging;

import dev.steward.domain.decision.Obligations.RateLimit;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How many calls went through under each rate limit lately. A window is counted in parts, of which
/// the oldest counts whole until it is over, so that a limit is never exceeded.
public final class Rates {
  private static final int WINDOWS_MAX = 10_000;
  private static final int PARTS = 60;

  private final Map<Key, Window> windows = new LinkedHashMap<>(64, 0.75f, true);

  /// @param whose agent and the rules that the limit stands in
  private record Key(String whose, RateLimit limit) {}

  private static final class Window {
    private final long[] calls = new long[PARTS + 1];
    private final long[] part = new long[PARTS + 1];

    private long count(long now) {
      long count = 0;
      for (int i = 0; i <= PARTS; i++) {
        if (part[i] >= now - PARTS && part[i] <= now) {
          count += calls[i];
        }
      }
      return count;
    }

    private void add(long now) {
      int place = (int) Math.floorMod(now, (long) PARTS + 1);
      calls[place] = part[place] == now ? calls[place] + 1 : 1;
      part[place] = now;
    }
  }

  /// Counts one call if all limits have room for it, and else none.
  public synchronized boolean take(String whose, List<RateLimit> limits, Instant now) {
    for (RateLimit limit : limits) {
      if (window(whose, limit).count(part(limit, now)) >= limit.calls()) {
        return false;
      }
    }
    for (RateLimit limit : limits) {
      window(whose, limit).add(part(limit, now));
    }
    Iterator<Key> eldest = windows.keySet().iterator();
    while (windows.size() > WINDOWS_MAX) {
      eldest.next();
      eldest.remove();
    }
    return true;
  }

  private Window window(String whose, RateLimit limit) {
    return windows.computeIfAbsent(new Key(whose, limit), _ -> new Window());
  }

  private static long part(RateLimit limit, Instant now) {
    return Math.floorDiv(now.toEpochMilli(), Math.max(1, limit.per().toMillis() / PARTS));
  }
}
