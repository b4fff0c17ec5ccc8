// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import dev.steward.control.budget.WindowKey;
import dev.steward.domain.resource.Budget;
import dev.steward.gateway.budget.Actual.Charge;
import dev.steward.gateway.budget.Actual.Knowledge;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What is counted of one window. Everything but `lending` is touched under the budgets' lock.
final class Counter {
  private final WindowKey key;
  private final Instant since;
  private final @Nullable Instant ends;
  private final Points points = new Points();
  private final Loan loan = new Loan();

  private BigDecimal used = BigDecimal.ZERO;
  private BigDecimal reserved = BigDecimal.ZERO;
  private BigDecimal unknown = BigDecimal.ZERO;
  private long unknownCalls;
  private long calls;
  private long refused;
  private Instant active;
  private @Nullable Budget budget;
  private @Nullable Notice warned;
  private @Nullable Notice stopped;

  /// @param ends null for a run's window
  Counter(WindowKey key, Instant since, @Nullable Instant ends) {
    this.key = key;
    this.since = since;
    this.ends = ends;
    this.active = since;
  }

  /// A person was told of it.
  ///
  /// @param limit as it was then
  record Notice(Instant at, BigDecimal limit) {}

  /// What the node has borrowed of the window, and what is needed to borrow more.
  static final class Loan {
    /// Held by the thread that asks control for more; never while the budgets' lock is held.
    final ReentrantLock lending = new ReentrantLock();

    BigDecimal lent = BigDecimal.ZERO;

    /// Needed by calls that wait for the next lease.
    BigDecimal waiting = BigDecimal.ZERO;

    BigDecimal lastNeed = BigDecimal.ZERO;
    BigDecimal usedAtLease = BigDecimal.ZERO;
    @Nullable Instant leasedAt;

    /// The ledger has been told of all that was used.
    BigDecimal told = BigDecimal.ZERO;

    boolean queued;
  }

  WindowKey key() {
    return key;
  }

  Instant since() {
    return since;
  }

  @Nullable Instant ends() {
    return ends;
  }

  /// As declared last, null where it is not any more.
  @Nullable Budget budget() {
    return budget;
  }

  void budget(@Nullable Budget declared) {
    budget = declared;
  }

  Loan loan() {
    return loan;
  }

  Points points() {
    return points;
  }

  BigDecimal used() {
    return used;
  }

  BigDecimal reserved() {
    return reserved;
  }

  BigDecimal unknown() {
    return unknown;
  }

  long unknownCalls() {
    return unknownCalls;
  }

  long calls() {
    return calls;
  }

  long refused() {
    return refused;
  }

  Instant active() {
    return active;
  }

  @Nullable Notice warned() {
    return warned;
  }

  @Nullable Notice stopped() {
    return stopped;
  }

  /// What can still be reserved of so much.
  BigDecimal available(BigDecimal cap) {
    return cap.subtract(used).subtract(reserved);
  }

  void reserve(BigDecimal amount, Instant at) {
    reserved = reserved.add(amount);
    active = at;
  }

  void release(BigDecimal amount) {
    reserved = reserved.subtract(amount);
  }

  void settle(BigDecimal amount, Charge charge, Instant at) {
    release(amount);
    charge(charge, at);
  }

  /// Counts a call.
  void charge(Charge charge, Instant at) {
    used = used.add(charge.amount());
    calls++;
    if (charge.knowledge() == Knowledge.UNKNOWN) {
      unknown = unknown.add(charge.amount());
      unknownCalls++;
    }
    active = at;
    points.add(at, used);
  }

  /// Charges what may have been spent and forgotten.
  void chargeLost(BigDecimal amount, Instant at) {
    used = used.add(amount);
    unknown = unknown.add(amount);
    points.add(at, used);
  }

  /// Takes over what another record of spending knows.
  void raiseTo(BigDecimal total, Instant at) {
    if (total.compareTo(used) > 0) {
      used = total;
      points.add(at, used);
    }
  }

  void refuse() {
    refused++;
  }

  void warned(@Nullable Notice notice) {
    warned = notice;
  }

  void stopped(@Nullable Notice notice) {
    stopped = notice;
  }

  void restore(LogEntry.Total total) {
    used = total.used();
    unknown = total.unknown();
    unknownCalls = total.unknownCalls();
    calls = total.calls();
    refused = total.refused();
    active = total.active();
    warned = total.warned();
    stopped = total.stopped();
    points.restore(total.points());
  }
}
