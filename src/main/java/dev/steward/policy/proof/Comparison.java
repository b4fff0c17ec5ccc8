// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.ApiException;
import dev.steward.domain.resource.Agent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What may be done under one regime beside another, whatever conditions turn out to say.
///
/// @param looser calls that may be made more freely than before: none means that nothing is allowed
///   that was not before
/// @param tighter calls that may be made less freely than before
/// @param cases how many pairs of agent, call and environment were searched
public record Comparison(List<Difference> looser, List<Difference> tighter, long cases) {
  /// So many of each are kept at most.
  public static final int LISTED_MAX = 200;

  public Comparison {
    looser = List.copyOf(looser);
    tighter = List.copyOf(tighter);
  }

  /// Compares two regimes: two sets of policies, two versions of agents, or both.
  ///
  /// @throws ApiException TOO_LARGE where that takes too many steps
  public static Comparison between(Regime before, Regime after) {
    Universe universe = new Universe(before, after);
    return between(before, after, universe, universe.environments());
  }

  /// Compares two regimes in one environment.
  ///
  /// @throws ApiException TOO_LARGE where that takes too many steps
  public static Comparison in(String environment, Regime before, Regime after) {
    Universe universe = new Universe(before, after);
    String named =
        universe.environments().contains(environment) ? environment : Universe.OTHER_ENVIRONMENT;
    return between(before, after, universe, Set.of(named));
  }

  private static Comparison between(
      Regime before, Regime after, Universe universe, Set<String> environments) {
    Search search = new Search(before, after);
    Set<String> names = new TreeSet<>();
    before.agents().forEach(agent -> names.add(agent.name()));
    after.agents().forEach(agent -> names.add(agent.name()));
    for (String name : names) {
      Optional<Agent> was = before.agent(name);
      Optional<Agent> is = after.agent(name);
      for (Aim aim : universe.aims(was, is)) {
        for (String environment : environments) {
          search.look(was, is, aim, environment);
        }
      }
    }
    return search.found();
  }

  public Course course() {
    if (looser.isEmpty()) {
      return tighter.isEmpty() ? Course.SAME : Course.NARROWING;
    }
    return tighter.isEmpty() ? Course.EXPANSION : Course.MIXED;
  }
}
