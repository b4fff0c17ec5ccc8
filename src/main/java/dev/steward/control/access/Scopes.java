// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.access;

import dev.steward.domain.Part;
import dev.steward.domain.Selector;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.DataSource;
import dev.steward.domain.resource.ModelProvider;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Price;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import java.util.function.UnaryOperator;

/// What a resource is in the eyes of a role's scope, and who answers for it.
public final class Scopes {
  /// The environment in which an applied version is in force at once.
  public static final String DEVELOPMENT = "development";

  private Scopes() {}

  /// Where changing the resource must be allowed.
  public static Target of(Resource resource) {
    String team = team(resource);
    return switch (resource) {
      case Agent agent -> Target.agent(agent.name(), team, DEVELOPMENT);
      case Person _ -> Target.SERVER;
      case ToolServer _, DataSource _, ModelProvider _, Price _ ->
          new Target(team, "", DEVELOPMENT);
    };
  }

  /// Where stopping what the selector means must be allowed: at the agent or the team that it
  /// names, else on the server.
  ///
  /// @param teamOf the team of an agent, "" for none
  public static Target of(Selector selector, UnaryOperator<String> teamOf) {
    String agent = selector.value(Part.AGENT);
    String team =
        agent.isEmpty() ? selector.labels().getOrDefault("team", "") : teamOf.apply(agent);
    return new Target(team, agent, selector.value(Part.ENVIRONMENT));
  }

  /// Value of the label `team`, "" when there is none.
  public static String team(Resource resource) {
    return resource.metadata().labels().getOrDefault("team", "");
  }

  /// Name of the person who owns it, "" for what has no owner.
  public static String owner(Resource resource) {
    return switch (resource) {
      case Agent agent -> agent.owner();
      case ToolServer server -> server.owner();
      case DataSource source -> source.owner();
      case ModelProvider _, Price _, Person _ -> "";
    };
  }
}
