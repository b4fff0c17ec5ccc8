// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import dev.steward.control.budget.BudgetLog;
import dev.steward.control.budget.LentWindow;
import dev.steward.control.budget.Share;
import dev.steward.control.state.State;
import dev.steward.gateway.window.Actual.Charge;
import dev.steward.gateway.window.Counter;
import dev.steward.gateway.window.LogCodec;
import dev.steward.gateway.window.LogEntry;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was used so far, from the log and from what the ledger says was lent. A call that had
/// started and never settled is charged what it had reserved; where the log may lack something, all
/// that was lent is charged.
final class Recovery {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

  private final Board board;
  private final Instant now;
  private final Map<Long, List<LogEntry.Reserved>> open = new HashMap<>();
  private long lastCall;
  private boolean whole;

  Recovery(Board board, Instant now) {
    this.board = board;
    this.now = now;
  }

  /// Fills the board.
  ///
  /// @return the number of the last call that the log names
  long recover(BudgetLog.Past past, State state, String node) {
    whole = past.whole();
    for (byte[] record : past.records()) {
      read(record);
    }
    open.values()
        .forEach(parts -> {
          for (LogEntry.Reserved part : parts) {
            board.recovered(part.key(), now).charge(Charge.unknown(part.amount()), now);
          }
        });
    for (LentWindow window : state.budgets().rows()) {
      compare(window, window.share(node));
    }
    return lastCall;
  }

  private void read(byte[] record) {
    LogEntry entry;
    try {
      entry = LogCodec.read(record);
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "the budget log holds what cannot be read; charging what was lent", e);
      whole = false;
      return;
    }
    switch (entry) {
      case LogEntry.Started started -> {
        open.put(started.call(), started.parts());
        lastCall = Math.max(lastCall, started.call());
      }
      case LogEntry.Settled settled -> settle(settled);
      case LogEntry.Released(long call) -> open.remove(call);
      case LogEntry.Total total -> {
        Counter counter = new Counter(total.key(), total.since(), total.ends());
        counter.restore(total);
        board.put(counter);
      }
    }
  }

  private void settle(LogEntry.Settled settled) {
    List<LogEntry.Reserved> parts = open.remove(settled.call());
    if (parts == null) {
      return;
    }
    for (int i = 0; i < parts.size(); i++) {
      board
          .recovered(parts.get(i).key(), settled.at())
          .charge(settled.charges().get(i), settled.at());
    }
  }

  private void compare(LentWindow window, Share share) {
    if (share.equals(Share.NOTHING)) {
      return;
    }
    boolean returned = share.lent().compareTo(share.spent()) <= 0;
    if (returned && board.find(window.key()) == null) {
      return;
    }
    Counter counter = board.recovered(window.key(), now);
    board.standing(counter, now);
    if (!whole && share.lent().compareTo(counter.used()) > 0) {
      counter.chargeLost(share.lent().subtract(counter.used()), now);
    }
  }
}
