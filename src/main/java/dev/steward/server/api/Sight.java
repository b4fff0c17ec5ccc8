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
final class Sight {
  private static final String TEAM = "team";

  private final Caller caller;
  private final State state;

  Sight(Caller caller, State state) {
    this.caller = caller;
    this.state = state;
  }

  /// The agents whose runs may be seen, empty when all may.
  Optional<Set<String>> agents() {
    if (caller.may(Permission.READ, Target.SERVER)) {
      return Optional.empty();
    }
    Stream<String> registered =
        state.agents().stream().filter(this::somewhere).map(a -> a.metadata().name());
    Stream<String> granted = caller.authority().grants().stream().flatMap(g -> g.agents().stream());
    return Optional.of(Stream.concat(registered, granted).collect(Collectors.toSet()));
  }

  boolean sees(Agent agent) {
    return somewhere(agent);
  }

  boolean sees(Run run) {
    return caller.may(Permission.READ, target(run));
  }

  boolean readsContent(Run run) {
    return caller.may(Permission.READ_CONTENT, target(run));
  }

  /// The run, as if it were not there when it may not be seen.
  Run seen(Optional<Run> run, String id) {
    return run.filter(this::sees)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND, "There is no run " + id + ", or it is not yours to see."));
  }

  static Target target(Run run) {
    return Target.agent(run.agent(), run.team(), run.environment());
  }

  static Target target(Agent agent) {
    return Target.agent(agent.name(), agent.metadata().labels().getOrDefault(TEAM, ""));
  }

  private boolean somewhere(Agent agent) {
    Target anywhere = target(agent);
    return caller.may(Permission.READ, anywhere)
        || state.environments(agent.name()).keySet().stream()
            .anyMatch(
                e -> caller.may(Permission.READ, Target.agent(agent.name(), anywhere.team(), e)));
  }
}
