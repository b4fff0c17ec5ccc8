// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.budget.LentWindow;
import dev.steward.control.command.Command;
import dev.steward.control.state.State;
import dev.steward.gateway.window.Counter;
import dev.steward.gateway.window.Level;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/// Borrows parts of windows from control, and gives them back. A lease is about two seconds of
/// spend and at most a hundredth of what is left, but never less than what the calls that wait
/// need.
final class Lender {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal AHEAD_MILLIS = BigDecimal.valueOf(2000);

  private final Control control;
  private final String node;
  private final ReentrantLock lock;
  private final InstantSource clock;

  /// @param lock of the budgets
  Lender(Control control, String node, ReentrantLock lock, InstantSource clock) {
    this.control = control;
    this.node = node;
    this.lock = lock;
    this.clock = clock;
  }

  /// Borrows for a call that needs so much. Do not hold the budgets' lock.
  ///
  /// @param part also where all that is left is not enough
  /// @return whether there is more than before, or enough by now
  boolean lend(Level level, BigDecimal need, boolean part) {
    Counter counter = level.counter();
    if (counter.key().byRun()) {
      return false;
    }
    waits(counter, need);
    counter.loan().lending.lock();
    try {
      return enough(level, need) || borrow(level, need, part);
    } finally {
      counter.loan().lending.unlock();
      waits(counter, need.negate());
    }
  }

  /// Gives back all that is not reserved, and tells what was used. Do not hold the budgets' lock.
  void giveBack(Counter counter) {
    counter.loan().lending.lock();
    try {
      BigDecimal back;
      BigDecimal used;
      lock.lock();
      try {
        used = counter.used();
        back = counter.available(counter.loan().lent).max(BigDecimal.ZERO);
        counter.loan().lent = counter.loan().lent.subtract(back);
      } finally {
        lock.unlock();
      }
      boolean done = false;
      try {
        control.submit(new Command.ReturnLease(counter.key(), node, back, used), Actor.SYSTEM);
        done = true;
      } finally {
        settled(counter, done ? used : counter.loan().told, done ? BigDecimal.ZERO : back);
      }
    } finally {
      counter.loan().lending.unlock();
    }
  }

  private void settled(Counter counter, BigDecimal told, BigDecimal kept) {
    lock.lock();
    try {
      counter.loan().lent = counter.loan().lent.add(kept);
      counter.loan().told = told;
    } finally {
      lock.unlock();
    }
  }

  private void waits(Counter counter, BigDecimal need) {
    lock.lock();
    try {
      counter.loan().waiting = counter.loan().waiting.add(need);
    } finally {
      lock.unlock();
    }
  }

  private boolean enough(Level level, BigDecimal need) {
    lock.lock();
    try {
      return need.compareTo(level.counter().available(level.counter().loan().lent)) <= 0
          && need.compareTo(level.available()) <= 0;
    } finally {
      lock.unlock();
    }
  }

  private boolean borrow(Level level, BigDecimal need, boolean part) {
    Counter counter = level.counter();
    State before = control.state();
    LentWindow window = before.budgets().window(counter.key());
    BigDecimal left =
        level.budget().limit().amount().add(window.toppedUp()).subtract(window.taken());
    if (left.signum() <= 0) {
      return false;
    }
    BigDecimal wanted;
    BigDecimal used;
    boolean enough;
    lock.lock();
    try {
      // The level is of the moment before: what others have borrowed since is not in it.
      enough = need.compareTo(counter.available(counter.loan().lent)) <= 0;
      used = counter.used();
      BigDecimal within = counter.available(counter.loan().lent).add(left);
      wanted = part || need.compareTo(within) <= 0 ? wanted(counter, left) : BigDecimal.ZERO;
    } finally {
      lock.unlock();
    }
    if (wanted.signum() <= 0) {
      // Others may have borrowed or given back what this one needs since it was asked first.
      return enough;
    }
    control.submit(new Command.TakeLease(counter.key(), node, wanted, used), Actor.SYSTEM);
    BigDecimal lent = control.state().budgets().window(counter.key()).share(node).lent();
    lock.lock();
    try {
      boolean more = lent.compareTo(counter.loan().lent) > 0;
      counter.loan().lent = lent;
      counter.loan().told = used;
      counter.loan().usedAtLease = used;
      counter.loan().leasedAt = clock.instant();
      return more;
    } finally {
      lock.unlock();
    }
  }

  private BigDecimal wanted(Counter counter, BigDecimal left) {
    Counter.Loan loan = counter.loan();
    BigDecimal missing = loan.waiting.subtract(counter.available(loan.lent));
    return missing.max(ahead(counter).min(left.divide(HUNDRED, MathContext.DECIMAL64)));
  }

  /// What two seconds of spending take, by what was spent since the last lease.
  private BigDecimal ahead(Counter counter) {
    Instant leasedAt = counter.loan().leasedAt;
    if (leasedAt == null) {
      return BigDecimal.ZERO;
    }
    long millis = Math.max(1, Duration.between(leasedAt, clock.instant()).toMillis());
    return counter
        .used()
        .subtract(counter.loan().usedAtLease)
        .multiply(AHEAD_MILLIS)
        .divide(BigDecimal.valueOf(millis), MathContext.DECIMAL64);
  }
}
