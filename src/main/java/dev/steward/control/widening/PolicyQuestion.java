// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.widening;

import dev.steward.control.gate.Basis;
import dev.steward.control.gate.Provable;
import dev.steward.control.gate.Proved;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import dev.steward.policy.PolicySet;
import dev.steward.policy.Tools;
import dev.steward.policy.proof.Comparison;
import dev.steward.policy.proof.Difference;
import dev.steward.policy.proof.Regime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the versions that run in earnest might call more freely after a change of policies and tool
/// servers, whatever conditions turn out to say.
record PolicyQuestion(State state, Content content, List<Place> places) implements Provable {

  @Override
  public Basis basis() {
    List<Object> rest = new ArrayList<>();
    rest.add(content.json());
    places.forEach(place -> rest.add(place.mark()));
    return new Basis(state, state.revisionOf(Agent.class.getSimpleName()), rest);
  }

  @Override
  public Proved prove() {
    PolicySet after =
        PolicySet.of(changed(Policy.class), Tools.of(List.copyOf(changed(ToolServer.class))));
    Set<String> gained = new LinkedHashSet<>();
    Set<String> lost = new LinkedHashSet<>();
    Set<String> environments = new LinkedHashSet<>();
    places.forEach(place -> environments.add(place.environment()));
    try {
      for (String environment : environments) {
        Comparison found =
            Comparison.in(
                environment,
                new Regime(state.policies(), agents(environment, false)),
                new Regime(after, agents(environment, true)));
        found.looser().forEach(difference -> gained.add(words(difference, environment)));
        found.tighter().forEach(difference -> lost.add(words(difference, environment)));
      }
    } catch (ApiException e) {
      return new Proved.Incomparable(String.valueOf(e.getMessage()));
    }
    return new Proved.Compared(List.copyOf(gained), List.copyOf(lost));
  }

  /// The agents that run there, each in the version that does.
  private List<Agent> agents(String environment, boolean afterwards) {
    List<Agent> agents = new ArrayList<>();
    for (Place place : places) {
      if (place.environment().equals(environment)) {
        Agent agent = place.agent();
        Agent declared =
            afterwards ? content.after(Agent.class, agent.name()).orElse(agent) : agent;
        agents.add(declared.in(place.version()));
      }
    }
    return agents;
  }

  private <R extends Resource> List<R> changed(Class<R> kind) {
    Map<String, R> byName = new LinkedHashMap<>();
    state.all(kind).forEach(resource -> byName.put(resource.name(), resource));
    for (Resource resource : content.deleted()) {
      if (kind.isInstance(resource)) {
        byName.remove(resource.name());
      }
    }
    for (Resource resource : content.declared()) {
      if (kind.isInstance(resource)) {
        byName.put(resource.name(), kind.cast(resource));
      }
    }
    return new ArrayList<>(byName.values());
  }

  private static String words(Difference difference, String environment) {
    String before = difference.before().tier().word();
    String after = difference.after().tier().word();
    String call =
        difference.agent() + " calls " + difference.what() + " in " + environment + ": " + after;
    return before.equals(after)
        ? call + " as now, with other duties"
        : call + " instead of " + before;
  }
}
