// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.shadow;

import dev.steward.control.watch.Watch;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Sums of what came of copies, told to the ledger together: a copy is not worth an entry of its
/// own.
public final class Tallies implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Tallies.class.getName());

  private static final Duration UNTIL_RUNG = Duration.ofDays(1);

  private final BiConsumer<String, Map<String, BigDecimal>> told;
  private final Duration every;
  private final Watch watch = new Watch();
  private final Object lock = new Object();
  private Map<String, Map<String, BigDecimal>> sums = new HashMap<>();
  private @Nullable Thread teller;

  /// @param told is given a release and what is to be added to its sums
  Tallies(BiConsumer<String, Map<String, BigDecimal>> told, Duration every) {
    this.told = told;
    this.every = every;
  }

  public void add(String release, String word, long count) {
    add(release, Map.of(word, BigDecimal.valueOf(count)));
  }

  public void add(String release, Map<String, BigDecimal> more) {
    synchronized (lock) {
      Map<String, BigDecimal> mine = sums.computeIfAbsent(release, _ -> new TreeMap<>());
      more.forEach((word, sum) -> mine.merge(word, sum, BigDecimal::add));
      if (teller == null) {
        teller = Thread.ofVirtual().name("shadow-tallies").start(this::tell);
      }
    }
    watch.ring();
  }

  private void tell() {
    boolean more = true;
    while (more) {
      more = watch.await(UNTIL_RUNG) && watch.rest(every);
      drained().forEach(this::told);
    }
  }

  private void told(String release, Map<String, BigDecimal> counts) {
    try {
      told.accept(release, counts);
    } catch (RuntimeException e) {
      // The ledger is busy or full; it is told with what comes next.
      LOG.log(Level.WARNING, "what came of copies for release " + release + " waits", e);
      add(release, counts);
    }
  }

  private Map<String, Map<String, BigDecimal>> drained() {
    synchronized (lock) {
      Map<String, Map<String, BigDecimal>> all = sums;
      sums = new HashMap<>();
      return all;
    }
  }

  /// Tells what is left.
  @Override
  public void close() {
    watch.close();
    Thread last = started();
    try {
      if (last != null) {
        last.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Thread started() {
    synchronized (lock) {
      return teller;
    }
  }
}
