// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.state.State;
import dev.steward.insight.behaviour.AgentDrift;
import dev.steward.insight.behaviour.DriftSaid;
import dev.steward.insight.behaviour.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The agents, by environment, whose drift a reader may see.
record WatchedPlaces(DriftSaid said, State state, Reader reader) {

  /// Those that are watched or have an open alarm.
  List<Watched> all() {
    Map<Place, AgentDrift> known = new LinkedHashMap<>();
    said.all().forEach(drift -> known.put(drift.place(), drift));
    Set<Place> places = new LinkedHashSet<>(known.keySet());
    state.agents().stream()
        .flatMap(agent -> state.baselines().of(agent.name()).stream())
        .forEach(frozen -> places.add(new Place(frozen.agent(), frozen.environment())));
    state.baselines().alarms().stream()
        .filter(DriftAlarm::open)
        .forEach(alarm -> places.add(place(alarm)));
    List<Watched> seen = new ArrayList<>();
    for (Place place : places) {
      if (may(Permission.READ, place)) {
        seen.add(watched(place, Optional.ofNullable(known.get(place))));
      }
    }
    return seen;
  }

  /// Those of one agent.
  List<Watched> all(String agent) {
    return all().stream().filter(each -> each.place().agent().equals(agent)).toList();
  }

  /// Empty where the reader may not see it, or nobody knows such an agent.
  Optional<Watched> of(Place place) {
    boolean known =
        state.agent(place.agent()).isPresent()
            || state.baselines().alarms().stream().anyMatch(alarm -> place(alarm).equals(place));
    return known && may(Permission.READ, place)
        ? Optional.of(watched(place, said.of(place)))
        : Optional.empty();
  }

  boolean may(Permission permission, Place place) {
    return reader
        .rights()
        .may(
            permission,
            Target.agent(place.agent(), state.team(place.agent()), place.environment()));
  }

  private Watched watched(Place place, Optional<AgentDrift> drift) {
    return new Watched(
        place,
        drift,
        state.baselines().of(place.agent(), place.environment()),
        state.baselines().alarms().reversed().stream()
            .filter(alarm -> alarm.open() && place(alarm).equals(place))
            .toList());
  }

  static Place place(DriftAlarm alarm) {
    return new Place(alarm.agent(), alarm.environment());
  }
}
