// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.access;

import dev.steward.domain.Part;
import dev.steward.domain.Selector;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Channel;
import dev.steward.domain.resource.DataSource;
import dev.steward.domain.resource.Gate;
import dev.steward.domain.resource.ModelProvider;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Price;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import java.util.List;
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
      case Person _, Channel _ -> Target.SERVER;
      case Policy policy ->
          new Target(
              policy.agents().labels().getOrDefault("team", ""),
              only(policy.agents().names()),
              only(policy.environments()));
      case Gate gate ->
          new Target(
              gate.agents().labels().getOrDefault("team", ""),
              only(gate.agents().names()),
              only(gate.environments()));
      case AlertRule rule ->
          new Target(
              rule.agents().labels().getOrDefault("team", ""),
              only(rule.agents().names()),
              only(rule.environments()));
      case Budget budget -> of(budget.scope());
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

  /// What one must be allowed to do there to declare, change or delete it. A policy says what may
  /// happen, also outside of development.
  public static Permission permission(Resource resource) {
    return switch (resource) {
      case Person _ -> Permission.MANAGE_PEOPLE;
      case Channel _, AlertRule _ -> Permission.OPERATE;
      case Gate _ -> Permission.DEPLOY;
      case Policy policy ->
          policy.environments().equals(List.of(DEVELOPMENT))
              ? Permission.DECLARE
              : Permission.DEPLOY;
      case Agent _, ToolServer _, DataSource _, ModelProvider _, Price _, Budget _ ->
          Permission.DECLARE;
    };
  }

  private static String only(List<String> names) {
    return names.size() == 1 ? names.getFirst() : "";
  }

  /// A budget stops those in its scope, so the scope says where it must be allowed.
  private static Target of(Budget.Scope scope) {
    return new Target(scope.labels().getOrDefault("team", ""), scope.agent(), scope.environment());
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
      case ModelProvider _, Price _, Person _, Policy _, Budget _, Channel _, Gate _, AlertRule _ ->
          "";
    };
  }
}
