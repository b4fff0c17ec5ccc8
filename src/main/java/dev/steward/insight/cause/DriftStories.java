// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.cause;

import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.state.State;
import dev.steward.insight.behaviour.DriftRecord;
import dev.steward.insight.behaviour.Place;
import dev.steward.insight.timeline.AgentPast;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Tells alarms together with what happened to their agent around the time.
public final class DriftStories {
  private static final System.Logger LOG = System.getLogger(DriftStories.class.getName());

  private final Supplier<State> state;
  private final AgentPast past;

  public DriftStories(Supplier<State> state, AgentPast past) {
    this.state = state;
    this.past = past;
  }

  /// The alarms about an agent somewhere, open and closed, the newest first.
  public List<DriftStory> of(Place place) {
    State now = state.get();
    List<DriftStory> stories = new ArrayList<>();
    for (DriftAlarm alarm : now.baselines().alarms().reversed()) {
      if (place.equals(new Place(alarm.agent(), alarm.environment()))) {
        record(now, alarm).ifPresent(record -> stories.add(story(alarm, record)));
      }
    }
    return stories;
  }

  /// One that cannot be read, which `verify` tells of, keeps nobody from reading the others.
  private static Optional<DriftRecord> record(State now, DriftAlarm alarm) {
    try {
      return Optional.of(DriftRecord.read(now.record(alarm.record())));
    } catch (IllegalArgumentException | IllegalStateException e) {
      LOG.log(Level.WARNING, "the evidence of alarm " + alarm.id() + " cannot be read", e);
      return Optional.empty();
    }
  }

  private DriftStory story(DriftAlarm alarm, DriftRecord record) {
    return new DriftStory(
        alarm,
        record,
        Causes.of(
            record,
            alarm.environment(),
            past.of(alarm.agent(), Causes.earliest(record), record.latest().plusMillis(1))
                .moments()));
  }
}
