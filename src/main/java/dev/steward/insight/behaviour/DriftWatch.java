// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.baseline.Baselines;
import dev.steward.control.baseline.FrozenBaseline;
import dev.steward.control.command.Command;
import dev.steward.control.watch.Watch;
import dev.steward.domain.LastUsed;
import dev.steward.insight.trait.Learning;
import dev.steward.insight.trait.LearntBaseline;
import dev.steward.insight.trait.PastRun;
import dev.steward.insight.trait.TraitDrift;
import dev.steward.insight.trait.TraitReading;
import dev.steward.insight.trait.TraitWatch;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.Run;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Learns what each registered agent's runs are like and watches whether they stay so, again and
/// again. What it finds it tells control; what is frozen there is what it compares with.
public final class DriftWatch implements DriftSaid, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DriftWatch.class.getName());
  private static final Duration LATELY = Duration.ofDays(7);

  /// Those that ran last are watched where there are more.
  private static final int PLACES_MAX = 5_000;

  /// Of all places together, about 160 MB; of each the newest.
  private static final int RUNS_MAX = 1_000_000;

  private static final int RUNS_EACH_MAX = 50_000;
  private static final int RUNS_EACH_MIN = 500;

  private final Control control;
  private final Learning learning;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final BooleanSupplier ready;
  private final Duration rest;
  private final Watch watch = new Watch();
  private final RunFeed feed;
  private final Map<Place, Course> courses = new LastUsed<>(PLACES_MAX);
  private final Map<Place, LearntBaseline> foreseen = new HashMap<>();
  private final Map<Place, AgentDrift> latest = new ConcurrentHashMap<>();
  private Baselines lookedAt = Baselines.NONE;

  /// @param late is told of all that comes in
  /// @param ids makes ids of alarms
  /// @param ready whether all runs can be read
  /// @param rest that it takes after it has looked
  public DriftWatch(
      Control control,
      TraceQueries traces,
      LateTraces late,
      Learning learning,
      InstantSource clock,
      Supplier<String> ids,
      BooleanSupplier ready,
      Duration rest) {
    this.control = control;
    this.learning = learning;
    this.clock = clock;
    this.ids = ids;
    this.ready = ready;
    this.rest = rest;
    this.feed = new RunFeed(traces, late, clock, watch);
  }

  /// Begins to watch on a thread of its own.
  public DriftWatch start() {
    Thread.ofVirtual().name("drift-watch").start(this::run);
    return this;
  }

  /// Ends the watch; after the next start it goes on where it was.
  @Override
  public void close() {
    watch.close();
  }

  @Override
  public List<AgentDrift> all() {
    return latest.values().stream()
        .sorted(
            Comparator.comparing((AgentDrift each) -> each.place().agent())
                .thenComparing(each -> each.place().environment()))
        .toList();
  }

  @Override
  public Learning learning() {
    return learning;
  }

  /// Looks at all runs that ended, once.
  public void look() {
    if (!ready.getAsBoolean() || !feed.read(this::put)) {
      return;
    }
    Baselines now = control.state().baselines();
    boolean moved = !now.equals(lookedAt);
    lookedAt = now;
    latest.keySet().retainAll(courses.keySet());
    for (Map.Entry<Place, Course> each : courses.entrySet()) {
      if (each.getValue().news() || moved || foreseen.containsKey(each.getKey())) {
        look(each.getKey(), each.getValue());
      }
    }
  }

  private void run() {
    boolean open = watch.rest(rest);
    while (open) {
      try {
        look();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "drift could not be looked for; it is tried again", e);
      }
      open = watch.rest(rest);
    }
  }

  private void put(Run run) {
    if (run.registered()) {
      Place place = Place.of(run);
      Course course = courses.get(place);
      if (course == null) {
        course = new Course();
        courses.put(place, course);
      }
      int most = Math.clamp(RUNS_MAX / courses.size(), RUNS_EACH_MIN, RUNS_EACH_MAX);
      course.put(PastRun.of(run), most);
    }
  }

  private void look(Place place, Course course) {
    if (control.state().agent(place.agent()).isEmpty()) {
      latest.remove(place);
      return;
    }
    if (frozen(place).isEmpty()) {
      foresee(place, learning.of(unlearnt(place, course)));
    }
    AgentDrift drift =
        frozen(place)
            .map(frozen -> against(place, course, frozen))
            .orElseGet(() -> of(place, Optional.empty(), unlearnt(place, course), List.of()));
    latest.put(place, drift);
  }

  private Optional<FrozenBaseline> frozen(Place place) {
    return control.state().baselines().of(place.agent(), place.environment());
  }

  /// The runs that a baseline may be learnt from.
  private List<PastRun> unlearnt(Place place, Course course) {
    return course.after(
        control
            .state()
            .baselines()
            .relearnFrom(place.agent(), place.environment())
            .orElse(Instant.EPOCH));
  }

  /// A baseline is frozen when two looks in a row would learn the same: more of a past that is
  /// being imported may still come.
  private void foresee(Place place, Optional<LearntBaseline> learnt) {
    LearntBaseline before = foreseen.remove(place);
    if (learnt.isPresent() && learnt.get().equals(before)) {
      freeze(place, learnt.get());
    } else {
      learnt.ifPresent(baseline -> foreseen.put(place, baseline));
    }
  }

  private void freeze(Place place, LearntBaseline baseline) {
    control.submit(
        new Command.LearnBaseline(
            place.agent(),
            place.environment(),
            baseline.version(),
            baseline.runs(),
            baseline.from(),
            baseline.to(),
            baseline.json()),
        Actor.SYSTEM);
  }

  private AgentDrift against(Place place, Course course, FrozenBaseline frozen) {
    LearntBaseline baseline = LearntBaseline.read(control.state().record(frozen.record()));
    List<PastRun> since = course.after(baseline.to());
    List<TraitReading> readings = TraitWatch.read(baseline, since);
    for (TraitReading reading : readings) {
      reading.drift().ifPresent(drift -> tell(place, reading, drift, readings.size()));
    }
    return of(place, Optional.of(baseline), since, readings);
  }

  private void tell(Place place, TraitReading reading, TraitDrift drift, int traits) {
    DriftRecord record = DriftRecord.of(reading, drift, traits);
    boolean told =
        control
            .state()
            .baselines()
            .told(place.agent(), place.environment(), record.trait(), record.direction());
    if (!told) {
      control.submit(
          new Command.TellDrift(
              ids.get(),
              place.agent(),
              place.environment(),
              record.trait(),
              record.direction(),
              record.runs(),
              record.began(),
              record.why(),
              record.json()),
          Actor.SYSTEM);
    }
  }

  private AgentDrift of(
      Place place,
      Optional<LearntBaseline> baseline,
      List<PastRun> runs,
      List<TraitReading> readings) {
    Instant now = clock.instant();
    Instant week = now.minus(LATELY);
    long lately = runs.stream().filter(run -> run.heard().isAfter(week)).count();
    return new AgentDrift(
        place, now, baseline, runs.size(), (double) lately / LATELY.toDays(), readings);
  }
}
