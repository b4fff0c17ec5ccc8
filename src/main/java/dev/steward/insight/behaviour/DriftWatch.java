// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.baseline.Baselines;
import dev.steward.control.baseline.FrozenBaseline;
import dev.steward.control.command.Command;
import dev.steward.control.watch.Watch;
import dev.steward.domain.resource.Agent;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Learns what each registered agent's runs are like and watches whether they stay so, again and
/// again. What it finds it tells control; what is frozen there is what it compares with.
public final class DriftWatch implements DriftSaid, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DriftWatch.class.getName());
  private static final Duration LATELY = Duration.ofDays(7);

  /// Runs beside those of a baseline that drift is looked for in, at least.
  private static final int ROOM = 2_000;

  private final Control control;
  private final Learning learning;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final BooleanSupplier ready;
  private final Duration rest;
  private final Watch watch = new Watch();
  private final RunFeed feed;
  private final Courses courses;
  private final Set<Place> failing = new HashSet<>();
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
    this.courses = new Courses(learning.runs() + ROOM);
    this.feed = new RunFeed(traces, this::agents, late, clock, watch);
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
    latest.keySet().retainAll(courses.places());
    for (Map.Entry<Place, Course> each : courses.all()) {
      Place place = each.getKey();
      boolean again = moved || foreseen.containsKey(place) || failing.contains(place);
      if (each.getValue().news() || again) {
        tryLook(place, each.getValue());
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

  private Set<String> agents() {
    return control.state().agents().stream().map(Agent::name).collect(Collectors.toSet());
  }

  private void put(Run run) {
    if (run.registered()) {
      courses.put(run);
    }
  }

  /// One that cannot be looked at keeps nobody from looking at the others.
  private void tryLook(Place place, Course course) {
    try {
      look(place, course);
      failing.remove(place);
    } catch (RuntimeException e) {
      if (failing.add(place)) {
        LOG.log(Level.WARNING, "drift of " + place + " cannot be looked for", e);
      }
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
    boolean settled =
        learnt
            .filter(each -> !each.to().plus(learning.settle()).isAfter(clock.instant()))
            .isPresent();
    if (settled && learnt.get().equals(before)) {
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
      reading.drifts().forEach(drift -> tell(place, reading, drift, readings.size()));
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
