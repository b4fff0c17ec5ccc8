// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import dev.steward.domain.LastUsed;
import dev.steward.insight.trait.PastRun;
import dev.steward.trace.run.Run;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The runs of all registered agents, by agent and environment. Not safe for several threads.
final class Courses {
  /// Those that ran last are watched where there are more.
  private static final int PLACES_MAX = 2_000;

  /// Environments are what runs say they are.
  private static final int ENVIRONMENTS_MAX = 20;

  /// Of all places together, about 200 MB, as long as each has room for a baseline and what
  /// follows.
  private static final int RUNS_MAX = 1_000_000;

  private static final int RUNS_EACH_MAX = 50_000;
  private static final int TRACES_MAX = 50_000;

  private final int least;
  private final Map<Place, Course> courses = new LastUsed<>(PLACES_MAX);
  private final Map<String, Set<String>> environments = new HashMap<>();
  private final Map<String, Kept> lately = new LastUsed<>(TRACES_MAX);

  /// @param least runs of each place that are kept in any case
  Courses(int least) {
    this.least = Math.min(least, RUNS_EACH_MAX);
  }

  /// Where a run of a trace was put.
  private record Kept(Place place, String run) {}

  /// Adds a run that has ended, or what is known of it now.
  void put(Run run) {
    Place place = Place.of(run);
    Set<String> known = environments.computeIfAbsent(place.agent(), _ -> new HashSet<>());
    if (!known.contains(place.environment()) && known.size() >= ENVIRONMENTS_MAX) {
      return;
    }
    known.add(place.environment());
    forget(run, lately.put(run.traceId(), new Kept(place, run.id())));
    Course course = courses.get(place);
    if (course == null) {
      course = new Course();
      courses.put(place, course);
    }
    course.put(PastRun.of(run), Math.clamp(RUNS_MAX / courses.size(), least, RUNS_EACH_MAX));
  }

  /// As a trace arrives, its run may become the run of the agent that called, or one of several.
  private void forget(Run run, @Nullable Kept before) {
    if (before == null) {
      return;
    }
    boolean moved =
        before.run().equals(run.id())
            ? !before.place().equals(Place.of(run))
            : before.run().equals(run.traceId());
    if (moved) {
      Course course = courses.get(before.place());
      if (course != null) {
        course.remove(before.run());
      }
    }
  }

  Set<Map.Entry<Place, Course>> all() {
    return courses.entrySet();
  }

  Set<Place> places() {
    return courses.keySet();
  }
}
