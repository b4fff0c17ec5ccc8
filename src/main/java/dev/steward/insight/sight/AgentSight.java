// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sight;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.trace.run.Run;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which agents somebody may see: wholly, in some environments, or not at all.
public final class AgentSight {

  /// What somebody may do, and to what.
  @FunctionalInterface
  public interface Rights {
    boolean may(Permission permission, Target target);
  }

  private final Rights rights;
  private final Map<String, String> teams;

  /// @param teams of the registered agents by their names
  public AgentSight(Rights rights, Map<String, String> teams) {
    this.rights = rights;
    this.teams = Map.copyOf(teams);
  }

  public static AgentSight of(Rights rights, State state) {
    return new AgentSight(rights, teams(state.agents()));
  }

  /// The teams of agents by their names.
  public static Map<String, String> teams(Collection<Agent> agents) {
    Map<String, String> teams = new HashMap<>();
    for (Agent agent : agents) {
      teams.put(agent.name(), Scopes.team(agent));
    }
    return teams;
  }

  /// Whether nothing is hidden.
  public boolean everything() {
    return rights.may(Permission.READ, Target.SERVER);
  }

  /// A run counts for the team that its agent had then.
  public boolean sees(Run run) {
    return rights.may(Permission.READ, Target.agent(run.agent(), run.team(), run.environment()));
  }

  /// Whether an agent may be seen wherever it runs.
  public boolean wholly(String agent) {
    return in(agent, "");
  }

  /// Those of the environments in which an agent may be seen.
  public Set<String> in(String agent, Collection<String> environments) {
    Set<String> seen = new TreeSet<>();
    for (String environment : environments) {
      if (in(agent, environment)) {
        seen.add(environment);
      }
    }
    return seen;
  }

  /// The registered agents that may be seen wherever they run.
  Set<String> registeredAndWholly() {
    Set<String> seen = new TreeSet<>();
    for (String agent : teams.keySet()) {
      if (wholly(agent)) {
        seen.add(agent);
      }
    }
    return seen;
  }

  private boolean in(String agent, String environment) {
    return rights.may(
        Permission.READ, Target.agent(agent, teams.getOrDefault(agent, ""), environment));
  }
}
