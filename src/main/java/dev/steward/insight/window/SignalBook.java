// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The runs that windows are made of, the newest.
public final class SignalBook {
  /// About 90 MB.
  private static final int RUNS_MAX = 200_000;

  /// So many more are let come before the oldest go.
  private static final int OVER = 20_000;

  private final int most;
  private final Map<String, Map<String, RunSign>> agents = new HashMap<>();
  private final Map<String, String> agentOf = new HashMap<>();
  private Instant since = Instant.EPOCH;

  public SignalBook() {
    this(RUNS_MAX);
  }

  SignalBook(int most) {
    this.most = most;
  }

  /// How wide windows are.
  public enum Width {
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS);

    private final ChronoUnit unit;

    Width(ChronoUnit unit) {
      this.unit = unit;
    }

    Instant start(Instant at) {
      return at.truncatedTo(unit);
    }

    /// Where the window ends that begins there.
    public Instant end(Instant from) {
      return from.plus(1, unit);
    }
  }

  /// The runs of one version in one environment that began in a stretch of time.
  public record Part(Instant from, String environment, String version, Window window) {}

  /// Adds a run, or what is known of it now. It counts where it began, whenever that is told.
  synchronized void put(RunSign run) {
    if (run.started().isBefore(since)) {
      return;
    }
    String before = agentOf.put(run.id(), run.agent());
    if (before != null && !before.equals(run.agent())) {
      take(before, run.id());
    }
    agents.computeIfAbsent(run.agent(), _ -> new HashMap<>()).put(run.id(), run);
    if (agentOf.size() >= most + Math.min(most, OVER)) {
      forget();
    }
  }

  /// It turned out to be several runs.
  synchronized void remove(String id) {
    String agent = agentOf.remove(id);
    if (agent != null) {
      take(agent, id);
    }
  }

  /// From when on all runs are known, `Instant.EPOCH` for always.
  public synchronized Instant since() {
    return since;
  }

  /// Environments in which an agent has runs.
  public synchronized Set<String> environments(String agent) {
    Set<String> all = new TreeSet<>();
    agents.getOrDefault(agent, Map.of()).values().forEach(run -> all.add(run.environment()));
    return all;
  }

  /// Windows of an agent's runs that began in a stretch of time, the oldest first; only those in
  /// which a run began.
  public List<Part> parts(
      String agent, Predicate<String> environment, Width width, Instant from, Instant to) {
    Map<Key, WindowSum> sums = new HashMap<>();
    for (RunSign run : began(agent, from, to)) {
      if (environment.test(run.environment())) {
        Key key = new Key(width.start(run.started()), run.environment(), run.version());
        sums.computeIfAbsent(key, _ -> new WindowSum()).add(run);
      }
    }
    List<Part> parts = new ArrayList<>(sums.size());
    sums.forEach((key, sum) ->
        parts.add(new Part(key.from(), key.environment(), key.version(), sum.window())));
    parts.sort(IN_ORDER);
    return parts;
  }

  private record Key(Instant from, String environment, String version) {}

  private synchronized List<RunSign> began(String agent, Instant from, Instant to) {
    List<RunSign> began = new ArrayList<>();
    for (RunSign run : agents.getOrDefault(agent, Map.of()).values()) {
      if (!run.started().isBefore(from) && run.started().isBefore(to)) {
        began.add(run);
      }
    }
    return began;
  }

  private static final Comparator<Part> IN_ORDER =
      Comparator.comparing(Part::from)
          .thenComparing(Part::environment)
          .thenComparing(Part::version);

  private void take(String agent, String id) {
    Map<String, RunSign> runs = agents.getOrDefault(agent, Map.of());
    runs.remove(id);
    if (runs.isEmpty()) {
      agents.remove(agent);
    }
  }

  /// Whole days go, so that no window is cut.
  private void forget() {
    List<RunSign> all = new ArrayList<>();
    agents.values().forEach(runs -> all.addAll(runs.values()));
    all.sort(Comparator.comparing(RunSign::started).reversed());
    Instant oldest = Width.DAY.start(all.get(most - 1).started());
    Instant first = Width.DAY.end(oldest);
    // One day alone may be too much.
    since = first.isAfter(all.getFirst().started()) ? all.get(most - 1).started() : first;
    all.stream().filter(run -> run.started().isBefore(since)).forEach(run -> remove(run.id()));
  }
}
