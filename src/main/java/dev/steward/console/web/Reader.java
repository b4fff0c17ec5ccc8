// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.web;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.domain.resource.Agent;
import dev.steward.trace.run.Run;
import java.util.Collection;

/// Somebody who looks at the console, and what the pages may show and offer them. The server
/// decides it from the session; every action is checked again where it is done.
///
/// @param actor under whom actions are recorded
/// @param name as people know them
public record Reader(Actor actor, String name, Rights rights) {

  /// What somebody may do, and to what.
  @FunctionalInterface
  public interface Rights {
    boolean may(Permission permission, Target target);
  }

  /// A reader of everything on the server.
  ///
  /// @param readsContent whether they may read what was said: messages, arguments, results
  /// @param operates whether they may retry and drop dead letters
  public Reader(Actor actor, String name, boolean readsContent, boolean operates) {
    this(
        actor,
        name,
        (permission, _) ->
            permission == Permission.READ
                || (permission == Permission.READ_CONTENT && readsContent)
                || (permission == Permission.OPERATE && operates));
  }

  /// Whether all that is not content may be seen, of whatever agent.
  public boolean seesAll() {
    return rights.may(Permission.READ, Target.SERVER);
  }

  public boolean readsAllContent() {
    return rights.may(Permission.READ_CONTENT, Target.SERVER);
  }

  public boolean operates() {
    return rights.may(Permission.OPERATE, Target.SERVER);
  }

  public boolean sees(Run run) {
    return rights.may(Permission.READ, target(run));
  }

  public boolean readsContent(Run run) {
    return rights.may(Permission.READ_CONTENT, target(run));
  }

  /// Whether an agent may be seen, anywhere or in one of the environments.
  public boolean sees(String agent, String team, Collection<String> environments) {
    return rights.may(Permission.READ, Target.agent(agent, team))
        || environments.stream()
            .anyMatch(e -> rights.may(Permission.READ, Target.agent(agent, team, e)));
  }

  public boolean sees(Agent agent, Collection<String> environments) {
    return sees(agent.name(), agent.metadata().labels().getOrDefault("team", ""), environments);
  }

  private static Target target(Run run) {
    return Target.agent(run.agent(), run.team(), run.environment());
  }
}
