// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.gate.Freshness;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Rollout;
import dev.steward.control.state.State;
import dev.steward.control.watch.Watch;
import dev.steward.domain.release.ReleaseState;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Judges the releases that are tried, again and again while there are any, and tells control what
/// is to be done with them. It keeps nothing that a restart would miss: the same runs give the same
/// verdict.
public final class CanaryWatch implements CanarySaid, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CanaryWatch.class.getName());
  private static final Duration NOW_AND_THEN = Duration.ofSeconds(10);

  /// A judgement that takes long is followed by a rest so many times as long, but not by a longer
  /// one than this: evidence must not lie about.
  private static final int REST_FACTOR = 4;

  private static final Duration REST_MAX = Duration.ofSeconds(20);

  private final Control control;
  private final CanaryJudge judge;
  private final InstantSource clock;
  private final BooleanSupplier ready;
  private final Duration rest;
  private final Watch watch = new Watch();
  private final Map<String, CanaryRecord> latest = new ConcurrentHashMap<>();

  /// @param ready whether all runs can be read
  /// @param rest that it takes at least after it has judged
  public CanaryWatch(
      Control control,
      CanaryUnits units,
      InstantSource clock,
      BooleanSupplier ready,
      Duration rest) {
    this.control = control;
    this.judge = new CanaryJudge(units, clock);
    this.clock = clock;
    this.ready = ready;
    this.rest = rest;
  }

  /// Begins to watch on a thread of its own.
  public CanaryWatch start() {
    control.listen(state -> {
      if (!state.releases().trials().isEmpty()) {
        watch.ring();
      }
    });
    Thread.ofVirtual().name("canary-watch").start(this::run);
    return this;
  }

  /// Ends the watch; what is tried is judged again after the next start.
  @Override
  public void close() {
    watch.close();
  }

  /// Judges all that is tried now.
  public void look() {
    State state = control.state();
    Set<String> tried =
        state.releases().trials().stream()
            .map(record -> record.release().id())
            .collect(Collectors.toSet());
    latest.keySet().retainAll(tried);
    if (!ready.getAsBoolean()) {
      return;
    }
    for (ReleaseRecord record : state.releases().trials()) {
      try {
        look(record);
      } catch (RuntimeException e) {
        LOG.log(
            Level.WARNING,
            "canary " + record.release().id() + " could not be judged; it is tried again",
            e);
      }
    }
  }

  @Override
  public Optional<CanaryRecord> said(State state, String release) {
    Optional<CanaryRecord> now = Optional.ofNullable(latest.get(release));
    return now.isPresent()
        ? now
        : state
            .releases()
            .find(release)
            .flatMap(ReleaseRecord::tried)
            .flatMap(Rollout::judgement)
            .map(said -> CanaryRecord.read(state.record(said.record())));
  }

  private void run() {
    boolean open = watch.isOpen();
    while (open) {
      long before = clock.millis();
      look();
      Duration pause = Duration.ofMillis(REST_FACTOR * Math.max(0, clock.millis() - before));
      pause = pause.compareTo(REST_MAX) > 0 ? REST_MAX : pause;
      boolean busy = !control.state().releases().trials().isEmpty();
      open =
          watch.rest(pause.compareTo(rest) > 0 ? pause : rest)
              && (busy || watch.await(NOW_AND_THEN));
    }
  }

  private void look(ReleaseRecord record) {
    String id = record.release().id();
    CanaryDecision decision = judge.judge(TrialsOfReleases.of(record));
    CanaryRecord said = CanaryRecord.of(decision, record.release().terms());
    latest.put(id, said);
    // Who was given a version that is held still has it.
    boolean judged =
        record.state() instanceof ReleaseState.RollingOut
            || decision.verdict() instanceof Verdict.RollBack;
    if (judged && (isNews(record, said) || fades(record) || acts(record, decision))) {
      control.submit(
          new Command.JudgeCanary(
              id,
              CanaryRecord.verdict(decision.verdict()),
              said.rule(),
              said.why(),
              said.units(),
              said.json()),
          Actor.SYSTEM);
    }
  }

  private static boolean isNews(ReleaseRecord record, CanaryRecord said) {
    return record
        .tried()
        .flatMap(Rollout::judgement)
        .filter(last -> last.verdict().equals(said.verdict()) && last.rule().equals(said.rule()))
        .isEmpty();
  }

  /// Whether a gate will soon find too old what is on record.
  private boolean fades(ReleaseRecord record) {
    return Freshness.fades(control.state(), record, clock.instant());
  }

  /// Whether the verdict is not yet carried out; what a promotion waits for is watched elsewhere.
  private static boolean acts(ReleaseRecord record, CanaryDecision decision) {
    return switch (CanaryRecord.verdict(decision.verdict())) {
      case PROMOTE, INCONCLUSIVE -> record.state().missing().isEmpty();
      case ROLL_BACK -> true;
      case HOLD -> false;
    };
  }
}
