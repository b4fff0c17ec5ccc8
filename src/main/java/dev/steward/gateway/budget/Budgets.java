// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import dev.steward.control.Control;
import dev.steward.control.budget.BudgetLog;
import dev.steward.control.live.BudgetUse;
import dev.steward.domain.ApiException;
import dev.steward.domain.Subject;
import dev.steward.gateway.estimate.WorstCase;
import dev.steward.gateway.window.Actual;
import dev.steward.gateway.window.Actual.Charge;
import dev.steward.gateway.window.Counter;
import dev.steward.gateway.window.Level;
import dev.steward.gateway.window.LogCodec;
import dev.steward.gateway.window.LogEntry;
import dev.steward.gateway.window.Part;
import java.lang.System.Logger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// All budgets of this node. A call reserves its worst case at every level before it is sent, all
/// or nothing, and settles what it really used after.
public final class Budgets implements BudgetUse, AutoCloseable {
  private static final Logger LOG = System.getLogger(Budgets.class.getName());

  /// A shorter answer is of no use to anybody, and some providers refuse it.
  private static final long OUTPUT_LEAST = 16;

  /// Rounds of borrowing, each of which got something, before a call is held to be too large.
  private static final int ROUNDS_MAX = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Held> open = new HashMap<>();
  private final InstantSource clock;
  private final BudgetLog log;
  private final Board board;
  private final Lender lender;
  private final Notices notices;
  private final UseReader reader;
  private final Keeper keeper;
  private long lastCall;

  private Budgets(
      Control control,
      String node,
      BudgetLog log,
      InstantSource clock,
      BudgetNotice.Listener listener) {
    this.clock = clock;
    this.log = log;
    this.board = new Board(control::state, node);
    this.lender = new Lender(control, node, lock, clock);
    this.notices = new Notices(listener, log);
    this.reader = new UseReader(board, control::state, node);
    this.keeper = new Keeper(this, lender, log, clock);
    this.lastCall = new Recovery(board, clock.instant()).recover(log.past(), control.state(), node);
    compact();
  }

  /// Takes up where the log and the ledger say that the last process stopped; what it had borrowed
  /// and not used is given back. The log is closed with the budgets; control is the caller's.
  ///
  /// @param node name of this process among those that share the budgets
  public static Budgets open(
      Control control,
      String node,
      BudgetLog log,
      InstantSource clock,
      BudgetNotice.Listener listener) {
    Budgets budgets = new Budgets(control, node, log, clock, listener);
    budgets.keeper.giveAllBack();
    return budgets;
  }

  /// Begins to sync, to borrow ahead and to give back in the background, until it is closed.
  public Budgets start() {
    keeper.start();
    return this;
  }

  /// Reserves the worst case of a call in every budget that it is in, or in none.
  ///
  /// @throws ApiException STORAGE_FAILED, LEDGER_BUSY: then nothing is reserved and the call must
  ///   not be sent
  public Reservation reserve(Subject who, WorstCase worst) {
    WorstCase asked = worst;
    Optional<Held> held = hold(who, asked);
    if (held.isEmpty() && asked.finer().isPresent()) {
      asked = asked.finer().get().get();
      held = hold(who, asked);
    }
    if (held.isPresent()) {
      return held.get();
    }
    borrowTheRest(who, asked);
    return holdShorter(who, asked);
  }

  /// Holds all of it, borrowing where too little is borrowed.
  private Optional<Held> hold(Subject who, WorstCase worst) {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      List<Level> missing = new ArrayList<>();
      lock.lock();
      try {
        Instant now = clock.instant();
        List<Level> levels = board.levels(who, now);
        for (Level level : levels) {
          if (!level.fits(worst)) {
            missing.add(level);
          }
        }
        if (missing.isEmpty()) {
          return Optional.of(take(levels, worst, OptionalLong.empty(), now));
        }
      } finally {
        lock.unlock();
      }
      if (!borrowed(missing, worst, false)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /// Borrows what the call misses.
  ///
  /// @param part also where all that is left is not enough for the whole of it
  /// @return whether anything changed
  private boolean borrowed(List<Level> missing, WorstCase worst, boolean part) {
    boolean changed = false;
    for (Level level : missing) {
      boolean takes = part ? level.clamps(worst) : !level.refusesUnknown(worst);
      if (takes && lender.lend(level, level.need(worst), part)) {
        changed = true;
      }
    }
    return changed;
  }

  /// Borrows all that is left where the call can be shortened to it.
  private void borrowTheRest(Subject who, WorstCase worst) {
    List<Level> missing = new ArrayList<>();
    lock.lock();
    try {
      for (Level level : board.levels(who, clock.instant())) {
        if (!level.fits(worst)) {
          missing.add(level);
        }
      }
    } finally {
      lock.unlock();
    }
    borrowed(missing, worst, true);
  }

  /// Holds what is left of it, the longest answer clamped to that, or says why not.
  private Reservation holdShorter(Subject who, WorstCase worst) {
    BudgetNotice notice;
    Reservation.Exhausted exhausted;
    lock.lock();
    try {
      Instant now = clock.instant();
      List<Level> levels = board.levels(who, now);
      long longest = worst.outputTokens();
      Level tightest = null;
      for (Level level : levels) {
        if (!level.fits(worst)) {
          long fits = level.outputThatFits(worst);
          tightest = tightest == null || fits < longest ? level : tightest;
          longest = Math.min(longest, fits);
        }
      }
      if (tightest == null) {
        return take(levels, worst, OptionalLong.empty(), now);
      }
      if (longest >= OUTPUT_LEAST) {
        return take(levels, worst.withOutput(longest), OptionalLong.of(longest), now);
      }
      tightest.counter().refuse();
      exhausted = Words.exhausted(tightest, worst);
      notice = notices.stopped(tightest, exhausted.words(), now);
    } finally {
      lock.unlock();
    }
    notices.tell(notice);
    return exhausted;
  }

  private Held take(List<Level> levels, WorstCase worst, OptionalLong newMax, Instant now) {
    if (levels.isEmpty()) {
      return new Held(this, 0, worst, newMax, List.of());
    }
    List<Part> parts = new ArrayList<>(levels.size());
    for (Level level : levels) {
      parts.add(new Part(level.counter(), level.need(worst)));
    }
    long call = lastCall + 1;
    log.append(LogCodec.write(LogEntry.Started.of(call, now, parts)));
    lastCall = call;
    for (Part part : parts) {
      part.counter().reserve(part.amount(), now);
      part.counter().loan().lastNeed = part.amount();
    }
    Held held = new Held(this, call, worst, newMax, parts);
    open.put(call, held);
    keeper.watch(levels);
    return held;
  }

  void settle(Held held, Actual actual) {
    List<BudgetNotice> told = new ArrayList<>();
    lock.lock();
    try {
      if (!held.end() || held.parts().isEmpty()) {
        return;
      }
      open.remove(held.call());
      Instant now = clock.instant();
      List<Charge> charges = new ArrayList<>(held.parts().size());
      for (Part part : held.parts()) {
        Counter counter = part.counter();
        Charge charge = actual.charge(counter.key().unit(), part.amount());
        counter.settle(part.amount(), charge, now);
        charges.add(charge);
      }
      write(new LogEntry.Settled(held.call(), now, charges));
      for (Part part : held.parts()) {
        board
            .level(part.counter())
            .ifPresent(level -> {
              keeper.watch(List.of(level));
              BudgetNotice notice = notices.warned(level, now);
              if (notice != null) {
                told.add(notice);
              }
            });
      }
    } finally {
      lock.unlock();
    }
    told.forEach(notices::tell);
  }

  void release(Held held) {
    lock.lock();
    try {
      if (!held.end() || held.parts().isEmpty()) {
        return;
      }
      open.remove(held.call());
      for (Part part : held.parts()) {
        part.counter().release(part.amount());
      }
      write(new LogEntry.Released(held.call()));
    } finally {
      lock.unlock();
    }
  }

  /// A call has ended, whether or not that can be written; where it cannot, a crash charges what it
  /// had reserved, which is never too little.
  private void write(LogEntry entry) {
    try {
      log.append(LogCodec.write(entry));
    } catch (ApiException e) {
      LOG.log(Logger.Level.WARNING, "a call's end is not in the budget log", e);
    }
  }

  @Override
  public List<Use> now() {
    lock.lock();
    try {
      return reader.read(clock.instant());
    } finally {
      lock.unlock();
    }
  }

  /// Calls in flight that hold something.
  public int inFlight() {
    lock.lock();
    try {
      return open.size();
    } finally {
      lock.unlock();
    }
  }

  /// Writes the log anew, with nothing in it but what is still of use.
  void compact() {
    lock.lock();
    try {
      List<byte[]> records = new ArrayList<>();
      for (Counter counter : board.all()) {
        records.add(LogCodec.write(LogEntry.Total.of(counter)));
      }
      for (Held held : open.values()) {
        records.add(
            LogCodec.write(LogEntry.Started.of(held.call(), clock.instant(), held.parts())));
      }
      log.replace(records);
    } finally {
      lock.unlock();
    }
  }

  /// Gives back what nobody uses and forgets what is over, as the background does.
  void tidy() {
    keeper.tidy();
  }

  /// The windows that nobody has touched for so long, or that have ended.
  List<Counter> resting(Instant now, Duration idle, Duration runIdle, int runsMax) {
    lock.lock();
    try {
      return Resting.of(board.all(), now, idle, runIdle, runsMax);
    } finally {
      lock.unlock();
    }
  }

  /// Forgets a window that has ended, or a run that is over; not one that a call still holds.
  void forget(Counter counter) {
    lock.lock();
    try {
      if (counter.reserved().signum() == 0) {
        board.remove(counter);
      }
    } finally {
      lock.unlock();
    }
  }

  /// How much of a window is left without borrowing, and what the last call needed; empty where its
  /// budget is gone.
  @Nullable Level lowOn(Counter counter) {
    lock.lock();
    try {
      counter.loan().queued = false;
      return board.level(counter).filter(Keeper::low).orElse(null);
    } finally {
      lock.unlock();
    }
  }

  BigDecimal lastNeed(Counter counter) {
    lock.lock();
    try {
      return counter.loan().lastNeed;
    } finally {
      lock.unlock();
    }
  }

  /// Gives back what is borrowed and closes the log. Calls still in flight are charged what they
  /// reserved at the next start.
  @Override
  public void close() {
    keeper.close();
    log.close();
  }
}
