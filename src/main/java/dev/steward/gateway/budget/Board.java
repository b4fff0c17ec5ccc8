// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import dev.steward.control.budget.LentWindow;
import dev.steward.control.budget.Share;
import dev.steward.control.budget.WindowKey;
import dev.steward.control.state.State;
import dev.steward.domain.Subject;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Budget.Every;
import dev.steward.gateway.window.Counter;
import dev.steward.gateway.window.Level;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All windows that are counted, and which of them a call is counted in. Used under the budgets'
/// lock only.
final class Board {
  private final Supplier<State> state;
  private final String node;
  private final Map<WindowKey, Counter> counters = new HashMap<>();
  private final Map<String, List<Line>> byAgent = new HashMap<>();
  private final List<Line> ofAnyAgent = new ArrayList<>();
  private @Nullable Object revision;

  Board(Supplier<State> state, String node) {
    this.state = state;
    this.node = node;
  }

  /// A declared budget, and its window by the clock that was open last.
  private static final class Line {
    final Budget budget;
    @Nullable Counter current;

    Line(Budget budget) {
      this.budget = budget;
    }
  }

  /// The windows that a call is counted in.
  List<Level> levels(Subject who, Instant now) {
    State known = state.get();
    follow(known);
    List<Level> levels = new ArrayList<>(4);
    collect(byAgent.getOrDefault(who.agent(), List.of()), who, now, known, levels);
    collect(ofAnyAgent, who, now, known, levels);
    return levels;
  }

  private void collect(
      List<Line> lines, Subject who, Instant now, State known, List<Level> levels) {
    for (Line line : lines) {
      if (line.budget.scope().covers(who)) {
        levels.add(level(line.budget, open(line, who.run(), now), known));
      }
    }
  }

  /// The window as it stands, empty where its budget is not declared any more.
  Optional<Level> level(Counter counter) {
    Budget budget = counter.budget();
    return budget == null ? Optional.empty() : Optional.of(level(budget, counter, state.get()));
  }

  private Level level(Budget budget, Counter counter, State known) {
    LentWindow window = known.budgets().window(counter.key());
    BigDecimal limit = budget.limit().amount().add(window.toppedUp());
    BigDecimal cap =
        counter.key().byRun()
            ? limit
            : counter.loan().lent.min(limit.subtract(window.takenByOthers(node)));
    return new Level(budget, counter, limit, cap);
  }

  private Counter open(Line line, String run, Instant now) {
    if (line.budget.window().every() == Every.RUN) {
      return counter(WindowKey.ofRun(line.budget, run), line.budget, now);
    }
    Counter current = line.current;
    Instant ends = current == null ? null : current.ends();
    if (current == null
        || ends == null
        || !now.isBefore(ends)
        || now.isBefore(current.since())
        || !counters.containsKey(current.key())) {
      current = counter(WindowKey.at(line.budget, now), line.budget, now);
      line.current = current;
    }
    return current;
  }

  private Counter counter(WindowKey key, @Nullable Budget budget, Instant now) {
    Counter counter = counters.get(key);
    if (counter == null) {
      counter = empty(key, budget, now);
      standing(counter, now);
      counters.put(key, counter);
    }
    counter.budget(budget);
    return counter;
  }

  /// The window with the key, empty where it is not known yet, whatever the ledger says of it.
  Counter recovered(WindowKey key, Instant now) {
    Counter counter = counters.get(key);
    if (counter == null) {
      counter = empty(key, declared(key), now);
      put(counter);
    }
    return counter;
  }

  /// A window of a budget that is not declared any more has ended.
  private static Counter empty(WindowKey key, @Nullable Budget budget, Instant now) {
    if (key.byRun()) {
      return new Counter(key, now, null);
    }
    Instant since = Instant.parse(key.period());
    return new Counter(key, since, budget == null ? since : budget.window().at(since).end());
  }

  /// Lets the window stand where the ledger says that it stands.
  void standing(Counter counter, Instant now) {
    WindowKey key = counter.key();
    Share share = state.get().budgets().window(key).share(node);
    counter.raiseTo(share.spent(), now);
    counter.loan().lent = share.lent();
    counter.loan().told = share.spent();
  }

  private @Nullable Budget declared(WindowKey key) {
    return state
        .get()
        .find(Budget.class, key.budget())
        .filter(budget -> budget.limit().unit().equals(key.unit()))
        .filter(budget -> key.byRun() == (budget.window().every() == Every.RUN))
        .orElse(null);
  }

  void put(Counter counter) {
    counter.budget(declared(counter.key()));
    counters.put(counter.key(), counter);
  }

  void remove(Counter counter) {
    counters.remove(counter.key());
  }

  Collection<Counter> all() {
    return counters.values();
  }

  @Nullable Counter find(WindowKey key) {
    return counters.get(key);
  }

  private void follow(State known) {
    Object now = known.revisionOf("Budget");
    if (revision == now) {
      return;
    }
    revision = now;
    byAgent.clear();
    ofAnyAgent.clear();
    for (Budget budget : known.all(Budget.class)) {
      String agent = budget.scope().agent();
      (agent.isEmpty() ? ofAnyAgent : byAgent.computeIfAbsent(agent, _ -> new ArrayList<>()))
          .add(new Line(budget));
    }
    for (Counter counter : counters.values()) {
      counter.budget(declared(counter.key()));
    }
  }
}
