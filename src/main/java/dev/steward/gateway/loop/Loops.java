// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The watches of all runs at work. A run that was quiet for the longest is forgotten first; what
/// it repeats next is found again in the conversation that its next request tells. That it was
/// stopped and how far it had come is remembered beyond that.
public final class Loops {
  private static final int AGENTS_MAX = 10_000;

  private final int runsMax;
  private final Duration quietMax;
  private final LoopMemory memory;
  private final LinkedHashMap<String, Watched> runs = new LinkedHashMap<>(64, 0.75f, true);
  private final LinkedHashMap<String, Pace> paces = new LinkedHashMap<>(64, 0.75f, true);

  public Loops(int runsMax, Duration quietMax, LoopMemory memory) {
    if (runsMax < 1) {
      throw new IllegalArgumentException("runsMax below 1: " + runsMax);
    }
    this.runsMax = runsMax;
    this.quietMax = quietMax;
    this.memory = memory;
  }

  /// A run's watch and when it was last asked.
  private static final class Watched {
    private final LoopWatch watch;
    private final Pace pace;
    private Instant last;

    private Watched(LoopWatch watch, Pace pace, Instant last) {
      this.watch = watch;
      this.pace = pace;
      this.last = last;
    }
  }

  /// Loops that this step of the run shows for the first time. Steps of other runs do not wait.
  ///
  /// @param agent whose spend the run's is compared with
  /// @param limits that hold now
  public List<Loop> observe(String run, String agent, LoopLimits limits, Step step) {
    Watched watched = watched(run, agent, limits, step.at());
    List<Loop> loops;
    @Nullable Progress progress = null;
    synchronized (watched.watch) {
      watched.watch.limits(limits);
      loops = watched.watch.observe(step);
      if (step instanceof Step.Answered) {
        progress = watched.watch.progress();
      }
    }
    for (Loop loop : loops) {
      if (loop.stops()) {
        memory.stops(run, loop);
      }
    }
    if (progress != null) {
      memory.tell(run, progress, agent, watched.pace.learnt());
    }
    return loops;
  }

  /// The loop that stopped this run.
  public Optional<Loop> stopped(String run) {
    return memory.stopped(run);
  }

  /// A run that ended, or was let go on by a person, is watched from the beginning if it is seen
  /// again.
  public void forget(String run) {
    synchronized (runs) {
      runs.remove(run);
    }
    memory.goesOn(run);
  }

  /// How many runs are watched.
  public int size() {
    synchronized (runs) {
      return runs.size();
    }
  }

  private Watched watched(String run, String agent, LoopLimits limits, Instant at) {
    synchronized (runs) {
      Watched watched = runs.get(run);
      if (watched == null) {
        Pace pace = pace(agent);
        watched = new Watched(new LoopWatch(limits, pace, memory.take(run)), pace, at);
        runs.put(run, watched);
      }
      watched.last = at.isAfter(watched.last) ? at : watched.last;
      forgetTheQuiet(at);
      return watched;
    }
  }

  private void forgetTheQuiet(Instant now) {
    Iterator<Map.Entry<String, Watched>> eldest = runs.entrySet().iterator();
    while (eldest.hasNext()) {
      Map.Entry<String, Watched> entry = eldest.next();
      Watched watched = entry.getValue();
      if (runs.size() <= runsMax && !watched.last.plus(quietMax).isBefore(now)) {
        return;
      }
      synchronized (watched.watch) {
        memory.leave(entry.getKey(), watched.watch.progress());
      }
      eldest.remove();
    }
  }

  private Pace pace(String agent) {
    Pace pace = paces.get(agent);
    if (pace == null) {
      pace = memory.pace(agent).map(Pace::new).orElseGet(Pace::new);
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
