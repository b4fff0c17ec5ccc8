// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.cause;

import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.state.State;
import dev.steward.insight.behaviour.DriftRecord;
import dev.steward.insight.behaviour.Place;
import dev.steward.insight.timeline.AgentPast;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Tells alarms together with what happened to their agent around the time.
public final class DriftStories {
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
        stories.add(story(now, alarm));
      }
    }
    return stories;
  }

  private DriftStory story(State now, DriftAlarm alarm) {
    DriftRecord record = DriftRecord.read(now.record(alarm.record()));
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
