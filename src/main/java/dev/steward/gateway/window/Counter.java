// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.window;

import dev.steward.control.budget.WindowKey;
import dev.steward.domain.resource.Budget;
import dev.steward.gateway.window.Actual.Charge;
import dev.steward.gateway.window.Actual.Knowledge;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What is counted of one window. Everything but `lending` is touched under the budgets' lock.
public final class Counter {
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
  public Counter(WindowKey key, Instant since, @Nullable Instant ends) {
    this.key = key;
    this.since = since;
    this.ends = ends;
    this.active = since;
  }

  /// A person was told of it.
  ///
  /// @param limit as it was then
  public record Notice(Instant at, BigDecimal limit) {}

  /// What the node has borrowed of the window, and what is needed to borrow more.
  public static final class Loan {
    /// Held by the thread that asks control for more; never while the budgets' lock is held.
    public final ReentrantLock lending = new ReentrantLock();

    public BigDecimal lent = BigDecimal.ZERO;

    /// Needed by calls that wait for the next lease.
    public BigDecimal waiting = BigDecimal.ZERO;

    public BigDecimal lastNeed = BigDecimal.ZERO;
    public BigDecimal usedAtLease = BigDecimal.ZERO;
    public @Nullable Instant leasedAt;

    /// The ledger has been told of all that was used.
    public BigDecimal told = BigDecimal.ZERO;

    public boolean queued;
  }

  public WindowKey key() {
    return key;
  }

  public Instant since() {
    return since;
  }

  public @Nullable Instant ends() {
    return ends;
  }

  /// As declared last, null where it is not any more.
  public @Nullable Budget budget() {
    return budget;
  }

  public void budget(@Nullable Budget declared) {
    budget = declared;
  }

  public Loan loan() {
    return loan;
  }

  public Points points() {
    return points;
  }

  public BigDecimal used() {
    return used;
  }

  public BigDecimal reserved() {
    return reserved;
  }

  public BigDecimal unknown() {
    return unknown;
  }

  public long unknownCalls() {
    return unknownCalls;
  }

  public long calls() {
    return calls;
  }

  public long refused() {
    return refused;
  }

  public Instant active() {
    return active;
  }

  public @Nullable Notice warned() {
    return warned;
  }

  public @Nullable Notice stopped() {
    return stopped;
  }

  /// What can still be reserved of so much.
  public BigDecimal available(BigDecimal cap) {
    return cap.subtract(used).subtract(reserved);
  }

  public void reserve(BigDecimal amount, Instant at) {
    reserved = reserved.add(amount);
    active = at;
  }

  public void release(BigDecimal amount) {
    reserved = reserved.subtract(amount);
  }

  public void settle(BigDecimal amount, Charge charge, Instant at) {
    release(amount);
    charge(charge, at);
  }

  /// Counts a call.
  public void charge(Charge charge, Instant at) {
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
  public void chargeLost(BigDecimal amount, Instant at) {
    used = used.add(amount);
    unknown = unknown.add(amount);
    points.add(at, used);
  }

  /// Takes over what another record of spending knows.
  public void raiseTo(BigDecimal total, Instant at) {
    if (total.compareTo(used) > 0) {
      used = total;
      points.add(at, used);
    }
  }

  public void refuse() {
    refused++;
  }

  public void warned(@Nullable Notice notice) {
    warned = notice;
  }

  public void stopped(@Nullable Notice notice) {
    stopped = notice;
  }

  public void restore(LogEntry.Total total) {
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
