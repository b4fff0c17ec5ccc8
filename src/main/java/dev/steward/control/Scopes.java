// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import dev.steward.control.access.Target;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.DataSource;
import dev.steward.domain.resource.ModelProvider;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Price;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;

/// What a resource is in the eyes of a role's scope, and who answers for it.
public final class Scopes {
  private Scopes() {}

  /// Where changing the resource must be allowed.
  public static Target of(Resource resource) {
    String team = team(resource);
    return switch (resource) {
      case Agent agent -> Target.agent(agent.name(), team, Control.DEVELOPMENT);
      case Person _ -> Target.SERVER;
      case ToolServer _, DataSource _, ModelProvider _, Price _ ->
          new Target(team, "", Control.DEVELOPMENT);
    };
  }

  /// Value of the label `team`, "" when there is none.
  public static String team(Resource resource) {
    return resource.metadata().labels().getOrDefault("team", "");
  }

  /// Name of the person who owns it, "" for what has no owner.
  static String owner(Resource resource) {
    return switch (resource) {
      case Agent agent -> agent.owner();
      case ToolServer server -> server.owner();
      case DataSource source -> source.owner();
      case ModelProvider _, Price _, Person _ -> "";
    };
  }
}
