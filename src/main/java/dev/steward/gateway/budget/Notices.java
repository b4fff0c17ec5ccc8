// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import dev.steward.control.budget.BudgetLog;
import dev.steward.domain.ApiException;
import dev.steward.gateway.budget.BudgetNotice.Kind;
import dev.steward.gateway.window.Counter;
import dev.steward.gateway.window.Level;
import dev.steward.gateway.window.LogCodec;
import dev.steward.gateway.window.LogEntry;
import java.lang.System.Logger;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Tells a person once that a window runs low, and once that it has stopped a call.
final class Notices {
  private static final Logger LOG = System.getLogger(Notices.class.getName());

  private final BudgetNotice.Listener listener;
  private final BudgetLog log;

  Notices(BudgetNotice.Listener listener, BudgetLog log) {
    this.listener = listener;
    this.log = log;
  }

  /// The notice that a window runs low, null where it does not or was told; under the budgets'
  /// lock.
  @Nullable BudgetNotice warned(Level level, Instant now) {
    Counter counter = level.counter();
    BigDecimal threshold =
        level.limit().multiply(BigDecimal.valueOf(level.budget().warnAt())).movePointLeft(2);
    if (counter.used().compareTo(threshold) < 0 || told(counter.warned(), level)) {
      return null;
    }
    counter.warned(new Counter.Notice(now, level.limit()));
    keep(counter);
    return notice(Kind.WARNED, level, Words.low(level), now);
  }

  /// The notice that a call was refused, null where that was told; under the budgets' lock.
  @Nullable BudgetNotice stopped(Level level, String words, Instant now) {
    Counter counter = level.counter();
    if (told(counter.stopped(), level)) {
      return null;
    }
    counter.stopped(new Counter.Notice(now, level.limit()));
    keep(counter);
    return notice(Kind.STOPPED, level, words, now);
  }

  /// Calls the listener, never under the lock.
  void tell(@Nullable BudgetNotice notice) {
    if (notice == null) {
      return;
    }
    try {
      listener.noticed(notice);
    } catch (RuntimeException e) {
      LOG.log(Logger.Level.WARNING, "a budget notice was not taken: " + notice.words(), e);
    }
  }

  private static boolean told(Counter.@Nullable Notice notice, Level level) {
    return notice != null && notice.limit().compareTo(level.limit()) == 0;
  }

  private void keep(Counter counter) {
    try {
      log.append(LogCodec.write(LogEntry.Total.of(counter)));
    } catch (ApiException e) {
      LOG.log(Logger.Level.WARNING, "a notice may be told again after a restart", e);
    }
  }

  private static BudgetNotice notice(Kind kind, Level level, String words, Instant now) {
    return new BudgetNotice(
        kind, level.counter().key(), level.limit(), level.counter().used(), now, words);
  }
}
