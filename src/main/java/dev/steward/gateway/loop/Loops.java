// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The watches of all runs at work. A run that was quiet for the longest is forgotten first; what
/// it repeats next is found again in the conversation that its next request tells.
public final class Loops {
  private static final int AGENTS_MAX = 10_000;

  private final int runsMax;
  private final Duration quietMax;
  private final LinkedHashMap<String, Watched> runs = new LinkedHashMap<>(64, 0.75f, true);
  private final LinkedHashMap<String, Pace> paces = new LinkedHashMap<>(64, 0.75f, true);

  public Loops(int runsMax, Duration quietMax) {
    if (runsMax < 1) {
      throw new IllegalArgumentException("runsMax below 1: " + runsMax);
    }
    this.runsMax = runsMax;
    this.quietMax = quietMax;
  }

  /// A run's watch and when it was last asked.
  private static final class Watched {
    private final LoopWatch watch;
    private Instant last;

    private Watched(LoopWatch watch, Instant last) {
      this.watch = watch;
      this.last = last;
    }
  }

  /// Loops that this step of the run shows for the first time. Steps of other runs do not wait.
  ///
  /// @param agent whose spend the run's is compared with
  /// @param limits that hold for a run seen for the first time
  public List<Loop> observe(String run, String agent, LoopLimits limits, Step step) {
    LoopWatch watch = watch(run, agent, limits, step.at());
    synchronized (watch) {
      return watch.observe(step);
    }
  }

  /// The loop that stopped this run, while it is remembered.
  public Optional<Loop> stopped(String run) {
    LoopWatch watch;
    synchronized (runs) {
      Watched watched = runs.get(run);
      if (watched == null) {
        return Optional.empty();
      }
      watch = watched.watch;
    }
    synchronized (watch) {
      return watch.stopped();
    }
  }

  /// A run that ended, or was let go on by a person, is watched from the beginning if it is seen
  /// again.
  public void forget(String run) {
    synchronized (runs) {
      runs.remove(run);
    }
  }

  /// How many runs are watched.
  public int size() {
    synchronized (runs) {
      return runs.size();
    }
  }

  private LoopWatch watch(String run, String agent, LoopLimits limits, Instant at) {
    synchronized (runs) {
      Watched watched = runs.get(run);
      if (watched == null) {
        watched = new Watched(new LoopWatch(limits, pace(agent)), at);
        runs.put(run, watched);
      }
      watched.last = at.isAfter(watched.last) ? at : watched.last;
      forgetTheQuiet(at);
      return watched.watch;
    }
  }

  private void forgetTheQuiet(Instant now) {
    Iterator<Map.Entry<String, Watched>> eldest = runs.entrySet().iterator();
    while (eldest.hasNext()) {
      Watched watched = eldest.next().getValue();
      if (runs.size() <= runsMax && !watched.last.plus(quietMax).isBefore(now)) {
        return;
      }
      eldest.remove();
    }
  }

  private Pace pace(String agent) {
    Pace pace = paces.get(agent);
    if (pace == null) {
      pace = new Pace();
      paces.put(agent, pace);
      if (paces.size() > AGENTS_MAX) {
        Iterator<String> eldest = paces.keySet().iterator();
        eldest.next();
        eldest.remove();
      }
    }
    return pace;
  }
}
