// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import dev.steward.console.part.Mark;
import dev.steward.control.baseline.DriftAddress;
import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.baseline.FrozenBaseline;
import dev.steward.insight.behaviour.AgentDrift;
import dev.steward.insight.behaviour.Place;
import dev.steward.insight.trait.Learning;
import dev.steward.insight.trait.TraitReading;
import java.util.List;
import java.util.Optional;

/// All that is known now of an agent somewhere.
///
/// @param drift empty until its runs were read
/// @param frozen the baseline in force
/// @param open alarms, the newest first
record Watched(
    Place place,
    Optional<AgentDrift> drift,
    Optional<FrozenBaseline> frozen,
    List<DriftAlarm> open) {

  /// How it stands, the worst first.
  enum Stand {
    DRIFTED(Mark.Tone.WARNING, "Drifted"),
    SEEN_TO(Mark.Tone.UNKNOWN, "Drifted, closed"),
    STEADY(Mark.Tone.OK, "Steady"),
    TOO_LITTLE(Mark.Tone.UNKNOWN, "Not enough data");

    private final Mark.Tone tone;
    private final String word;

    Stand(Mark.Tone tone, String word) {
      this.tone = tone;
      this.word = word;
    }

    Mark mark() {
      return new Mark(tone, word);
    }
  }

  String href() {
    String agent = DriftSection.ofAgent(place.agent());
    return place.environment().isEmpty()
        ? agent
        : "/" + DriftAddress.of(place.agent(), place.environment());
  }

  /// The environment as people read it; a sender may name none.
  String where() {
    return place.environment().isEmpty() ? "no environment" : place.environment();
  }

  Stand stand(Learning learning) {
    if (!open.isEmpty()) {
      return Stand.DRIFTED;
    }
    if (!compared(learning)) {
      return Stand.TOO_LITTLE;
    }
    return drift.filter(known -> !known.drifted().isEmpty()).isPresent()
        ? Stand.SEEN_TO
        : Stand.STEADY;
  }

  /// The trait that is nearest to an alarm.
  Optional<TraitReading> nearest() {
    return drift.flatMap(known -> known.readings().stream().findFirst());
  }

  int runs() {
    return drift.map(AgentDrift::runs).orElse(0);
  }

  /// Whether there is a baseline, and runs enough since to say anything.
  private boolean compared(Learning learning) {
    return frozen.isPresent()
        && drift
            .filter(known -> known.baseline().isPresent() && known.runs() >= learning.least())
            .isPresent();
  }
}
