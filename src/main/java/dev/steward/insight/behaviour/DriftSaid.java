// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import dev.steward.insight.trait.Learning;
import java.util.List;
import java.util.Optional;

/// What is known of agents' drift now.
public interface DriftSaid {
  /// Of nobody.
  DriftSaid NOTHING = List::of;

  /// Of every registered agent that has runs, by name and environment.
  List<AgentDrift> all();

  /// Empty when no run of it is known there.
  default Optional<AgentDrift> of(Place place) {
    return all().stream().filter(drift -> drift.place().equals(place)).findFirst();
  }

  /// When enough is known to learn a baseline.
  default Learning learning() {
    return Learning.USUAL;
  }
}
