// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import dev.steward.console.stage.Stage;
import dev.steward.control.command.Command;
import dev.steward.domain.SpanKind;
import dev.steward.domain.release.Wilson;
import dev.steward.insight.behaviour.AgentDrift;
import dev.steward.insight.behaviour.DriftRecord;
import dev.steward.insight.behaviour.Place;
import dev.steward.insight.trait.Learning;
import dev.steward.insight.trait.LearntBaseline;
import dev.steward.insight.trait.PastRuns;
import dev.steward.insight.trait.TraitDrift;
import dev.steward.insight.trait.TraitReading;
import dev.steward.insight.trait.TraitWatch;
import dev.steward.trace.SpanDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Agents of a stage whose runs are made, read as the watch reads them and told as it tells.
final class DriftScene {
  static final String BEFORE = SpanDraft.trace(0xbe);
  static final String SINCE = SpanDraft.trace(0x51);

  private static final int LEARNT = 2_000;
  private static final int CHANGED = 3_000;
  private static final Learning LEARNING =
      new Learning(LEARNT, Duration.ofDays(7), 50, Duration.ZERO);

  private final Stage stage;
  private final List<AgentDrift> known = new ArrayList<>();

  DriftScene(Stage stage) {
    this.stage = stage;
    stage.drift = () -> List.copyOf(known);
  }

  /// Has as many runs as there are, which are too few.
  void learns(String agent, String environment, int runs) {
    known.add(drift(agent, environment, Optional.empty(), runs, List.of()));
  }

  /// Does what it did, in so many runs since its baseline.
  void isSteady(String agent, String environment, int since) {
    watched(agent, environment, new PastRuns(31).add(LEARNT + since, "v1", 0.85, 1));
  }

  /// Its approvals rose, and an alarm says so.
  ///
  /// @return the drift
  TraitDrift drifts(String agent, String environment, String alarm) {
    PastRuns runs = new PastRuns(11).add(CHANGED, "v1", 0.85, 1).add(2_000, "v1", 0.91, 1);
    AgentDrift drift = watched(agent, environment, runs);
    TraitReading reading = drift.readings().getFirst();
    TraitDrift found = reading.drift().orElseThrow();
    DriftRecord record = record(reading, found, drift.readings().size());
    stage.control.submit(
        new Command.TellDrift(
            alarm,
            agent,
            environment,
            record.trait(),
            record.direction(),
            record.runs(),
            record.began(),
            record.why(),
            record.json()));
    return found;
  }

  /// The runs that an alarm names are there.
  void keepsItsRuns(String agent, String environment) {
    stage.write(
        List.of(
            SpanDraft.span(SpanKind.AGENT, 0xbe, 1).by(agent).environment(environment).build(),
            SpanDraft.span(SpanKind.AGENT, 0x51, 1).by(agent).environment(environment).build()));
  }

  /// Another model answers it, from a time on.
  void isAnsweredByAnother(String agent, String environment, Instant from) {
    List<String> models = List.of("gpt-5-a", "gpt-5-b");
    for (int i = 0; i < models.size(); i++) {
      stage.models.see(
          List.of(
              SpanDraft.span(SpanKind.MODEL, 0x700 + i, i + 1)
                  .by(agent)
                  .environment(environment)
                  .model("gpt-5")
                  .answeredBy(models.get(i))
                  .at(from.minus(Duration.ofMinutes(10L * (models.size() - 1 - i))))
                  .build()));
    }
  }

  private AgentDrift watched(String agent, String environment, PastRuns runs) {
    LearntBaseline baseline = LEARNING.of(runs.all()).orElseThrow();
    stage.control.submit(
        new Command.LearnBaseline(
            agent,
            environment,
            baseline.version(),
            baseline.runs(),
            baseline.from(),
            baseline.to(),
            baseline.json()));
    AgentDrift drift =
        drift(
            agent,
            environment,
            Optional.of(baseline),
            runs.all().size() - LEARNT,
            TraitWatch.read(baseline, runs.from(LEARNT)));
    known.add(drift);
    return drift;
  }

  private static AgentDrift drift(
      String agent,
      String environment,
      Optional<LearntBaseline> baseline,
      int runs,
      List<TraitReading> readings) {
    return new AgentDrift(
        new Place(agent, environment),
        Instant.parse("2026-11-21T11:59:00Z"),
        baseline,
        runs,
        144,
        readings);
  }

  private static DriftRecord record(TraitReading reading, TraitDrift drift, int traits) {
    return new DriftRecord(
        reading.trait().word(),
        reading.trait().words(),
        drift.direction(),
        share(reading.before()),
        share(drift.since()),
        drift.runs(),
        drift.delay(),
        Duration.between(drift.began(), drift.at()).toSeconds(),
        TraitWatch.RUN_LENGTH,
        traits,
        drift.at(),
        drift.began(),
        drift.earliest(),
        drift.latest(),
        List.of(BEFORE),
        List.of(SINCE));
  }

  private static DriftRecord.Share share(Wilson share) {
    return new DriftRecord.Share(
        share.part(), share.whole(), share.share(), share.low(), share.high());
  }
}
