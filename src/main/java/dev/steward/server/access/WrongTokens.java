// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.access;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Slows down guessing: after some wrong tokens from an address, or many from anywhere, the next
/// try must wait, twice as long each time.
public final class WrongTokens {
  private static final int FREE_PER_ADDRESS = 5;
  private static final int FREE_GLOBAL = 100;
  private static final int ADDRESSES_MAX = 10_000;
  private static final Duration DELAY_MAX = Duration.ofMinutes(1);
  private static final Duration GLOBAL_DELAY_MAX = Duration.ofSeconds(5);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

  private final Duration firstDelay;
  private final InstantSource clock;
  private final Map<String, Tries> byAddress =
      new LinkedHashMap<>() {
        @java.io.Serial private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
          return size() > ADDRESSES_MAX;
        }
      };
  private Tries everywhere = Tries.NONE;

  public WrongTokens(Duration firstDelay, InstantSource clock) {
    this.firstDelay = firstDelay;
    this.clock = clock;
  }

  /// Wrong tries so far.
  private record Tries(int count, Instant last) {
    private static final Tries NONE = new Tries(0, Instant.EPOCH);
  }

  /// To be asked before a token is looked at.
  ///
  /// @throws ApiException SLOW_DOWN while the address, or everybody, has to wait
  public synchronized void check(String address) {
    Instant now = clock.instant();
    Tries here = byAddress.getOrDefault(address, Tries.NONE);
    Instant free = free(here, FREE_PER_ADDRESS, DELAY_MAX);
    Instant freeEverywhere = free(everywhere, FREE_GLOBAL, GLOBAL_DELAY_MAX);
    Instant until = free.isAfter(freeEverywhere) ? free : freeEverywhere;
    if (now.isBefore(until)) {
      throw new ApiException(
          ErrorCode.SLOW_DOWN,
          "Too many wrong tokens: the next try is possible in "
              + (Duration.between(now, until).toSeconds() + 1)
              + " s.");
    }
  }

  public synchronized void wrong(String address) {
    Instant now = clock.instant();
    byAddress.merge(address, new Tries(1, now), (old, one) -> more(old, now));
    everywhere = more(everywhere, now);
  }

  /// Forgets the wrong tries of an address that has shown a right token.
  public synchronized void right(String address) {
    byAddress.remove(address);
  }

  private static Tries more(Tries old, Instant now) {
    boolean forgotten = old.last().plus(FORGOTTEN_AFTER).isBefore(now);
    return new Tries(forgotten ? 1 : old.count() + 1, now);
  }

  private Instant free(Tries tries, int freeTries, Duration longest) {
    int over = tries.count() - freeTries;
    if (over < 0) {
      return Instant.EPOCH;
    }
    Duration delay = firstDelay.multipliedBy(1L << Math.min(over, 20));
    return tries.last().plus(delay.compareTo(longest) > 0 ? longest : delay);
  }
}
