// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import dev.steward.domain.LastUsed;
import dev.steward.trace.diary.Diary;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What stays of loops when a run was quiet for long or the server was restarted: which runs are
/// stopped, how far the others have come, and what agents spend. What was not asked for the longest
/// is forgotten first.
public final class LoopMemory {
  /// Lines that the diary of stopped runs should keep at least.
  public static final int STOPPED_MAX = 10_000;

  /// Lines that the diary of what runs do should keep at least.
  public static final int STEPS_MAX = 10_000;

  private final Diary stops;
  private final Diary tallies;
  private final Map<String, Loop> stopped = bounded(STOPPED_MAX);
  private final Map<String, Progress> runs = bounded(STEPS_MAX);
  private final Map<String, Pace.Learnt> paces = bounded(STEPS_MAX);

  /// @param stops written when a run is stopped, before its agent is told
  /// @param tallies written with each answer
  public LoopMemory(Diary stops, Diary tallies) {
    this.stops = stops;
    this.tallies = tallies;
    for (String line : stops.read()) {
      LoopLines.stop(line).ifPresent(this::learn);
    }
    for (String line : tallies.read()) {
      LoopLines.tally(line)
          .ifPresent(tally -> {
            runs.put(tally.run(), tally.progress());
            if (!tally.agent().isEmpty()) {
              paces.put(tally.agent(), tally.learnt());
            }
          });
    }
  }

  /// One that forgets everything when the process ends.
  public static LoopMemory none() {
    return new LoopMemory(Diary.NONE, Diary.NONE);
  }

  private void learn(LoopLines.Stop stop) {
    if (stop.loop().isPresent()) {
      stopped.put(stop.run(), stop.loop().get());
    } else {
      stopped.remove(stop.run());
    }
  }

  synchronized Optional<Loop> stopped(String run) {
    return Optional.ofNullable(stopped.get(run));
  }

  /// The first loop that stops a run is the one that counts.
  void stops(String run, Loop loop) {
    synchronized (this) {
      if (stopped.putIfAbsent(run, loop) != null) {
        return;
      }
    }
    stops.add(List.of(LoopLines.write(new LoopLines.Stop(run, Optional.of(loop)))));
    stops.flush();
  }

  /// The run begins anew.
  void goesOn(String run) {
    synchronized (this) {
      runs.remove(run);
      if (stopped.remove(run) == null) {
        return;
      }
    }
    tell(run, Progress.NONE, "", Pace.Learnt.NOTHING);
    stops.add(List.of(LoopLines.write(new LoopLines.Stop(run, Optional.empty()))));
    stops.flush();
  }

  /// How far a run had come before it is watched again; that is the watch's from now on.
  synchronized Progress take(String run) {
    Progress before = runs.remove(run);
    return before == null ? Progress.NONE : before;
  }

  /// A run is not watched any more for now.
  synchronized void leave(String run, Progress progress) {
    runs.put(run, progress);
  }

  synchronized Optional<Pace.Learnt> pace(String agent) {
    return Optional.ofNullable(paces.get(agent));
  }

  void tell(String run, Progress progress, String agent, Pace.Learnt learnt) {
    tallies.add(List.of(LoopLines.write(new LoopLines.Tally(run, progress, agent, learnt))));
  }

  private static <V> Map<String, V> bounded(int max) {
    return new LastUsed<>(max);
  }
}
