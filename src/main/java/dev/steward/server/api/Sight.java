// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Agent;
import dev.steward.server.access.Caller;
import dev.steward.trace.run.Run;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What of the runs and agents a caller may see.
public final class Sight {
  private static final String TEAM = "team";

  private final Caller caller;
  private final State state;

  public Sight(Caller caller, State state) {
    this.caller = caller;
    this.state = state;
  }

  /// The agents whose runs may be seen, empty when all may.
  public Optional<Set<String>> agents() {
    if (caller.may(Permission.READ, Target.SERVER)) {
      return Optional.empty();
    }
    return Optional.of(among(Permission.READ));
  }

  /// The agents of whose runs what was said may be read somewhere, empty when of all.
  public Optional<Set<String>> read() {
    return caller.may(Permission.READ_CONTENT, Target.SERVER)
        ? Optional.empty()
        : Optional.of(among(Permission.READ_CONTENT));
  }

  /// The agents that may be seen wholly in an environment, or in all of them; empty when all agents
  /// may.
  ///
  /// @param environment "" for all
  public Optional<Set<String>> agents(String environment) {
    if (caller.may(Permission.READ, new Target("", "", environment))) {
      return Optional.empty();
    }
    return Optional.of(
        among(Permission.READ).stream()
            .filter(name -> caller.may(Permission.READ, target(name, environment)))
            .collect(Collectors.toSet()));
  }

  /// An agent, registered or not.
  public Target target(String agent, String environment) {
    String team = state.agent(agent).map(a -> target(a).team()).orElse("");
    return Target.agent(agent, team, environment);
  }

  public boolean sees(Agent agent) {
    return somewhere(Permission.READ, agent);
  }

  public boolean sees(Run run) {
    return caller.may(Permission.READ, target(run));
  }

  public boolean readsContent(Run run) {
    return caller.may(Permission.READ_CONTENT, target(run));
  }

  /// The run, as if it were not there when it may not be seen.
  public Run seen(Optional<Run> run, String id) {
    return run.filter(this::sees)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND, "There is no run " + id + ", or it is not yours to see."));
  }

  public static Target target(Run run) {
    return Target.agent(run.agent(), run.team(), run.environment());
  }

  public static Target target(Agent agent) {
    return Target.agent(agent.name(), agent.metadata().labels().getOrDefault(TEAM, ""));
  }

  /// Registered agents for which there is the permission, and those that grants name.
  private Set<String> among(Permission permission) {
    Stream<String> registered =
        state.agents().stream().filter(a -> somewhere(permission, a)).map(a -> a.metadata().name());
    Stream<String> granted = caller.authority().grants().stream().flatMap(g -> g.agents().stream());
    return Stream.concat(registered, granted).collect(Collectors.toSet());
  }

  private boolean somewhere(Permission permission, Agent agent) {
    Target anywhere = target(agent);
    return caller.may(permission, anywhere)
        || state.environments(agent.name()).keySet().stream()
            .anyMatch(e -> caller.may(permission, Target.agent(agent.name(), anywhere.team(), e)));
  }
}
