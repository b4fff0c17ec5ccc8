// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.widening;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.LoopRule;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Policy;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Compares the loop limits of a policy with what they were: whether runs may go round for longer.
final class LoopWidening {
  private final Words words;

  LoopWidening(Words words) {
    this.words = words;
  }

  /// @param before empty where it is new
  /// @param after empty where it would be gone
  void look(Optional<Policy> before, Optional<Policy> after, Content content, Place place) {
    Agent agent = place.agent();
    Map<LoopRule, LoopRule.Limit> was = limits(before, agent, place);
    Map<LoopRule, LoopRule.Limit> is =
        limits(after, content.after(Agent.class, agent.name()).orElse(agent), place);
    String name = before.or(() -> after).map(Policy::name).orElse("");
    for (LoopRule rule : LoopRule.values()) {
      if (was.containsKey(rule) || is.containsKey(rule)) {
        look("policy " + name + ": loop limit " + rule.word(), rule, was, is, place);
      }
    }
  }

  private void look(
      String what,
      LoopRule rule,
      Map<LoopRule, LoopRule.Limit> was,
      Map<LoopRule, LoopRule.Limit> is,
      Place place) {
    LoopRule.Limit old = was.getOrDefault(rule, rule.usual());
    LoopRule.Limit now = is.getOrDefault(rule, rule.usual());
    String change = what + " " + written(old) + " becomes " + written(now) + " for " + place;
    // A limit of the version, which holds where no policy has one, may be any.
    boolean unknown = was.containsKey(rule) != is.containsKey(rule) && says(place, rule);
    if (old.tighterThan(now) || unknown) {
      words.widens(change);
    } else if (now.tighterThan(old)) {
      words.narrows(change);
    }
  }

  private static boolean says(Place place, LoopRule rule) {
    JsonNode orchestration = CanonicalJson.read(place.version().json()).path("orchestration");
    return orchestration.path("loops").has(rule.word())
        || (rule == LoopRule.STEPS && orchestration.has("maxSteps"));
  }

  private static Map<LoopRule, LoopRule.Limit> limits(
      Optional<Policy> policy, Agent agent, Place place) {
    return policy
        .filter(one -> one.mode() == Policy.Mode.ENFORCE)
        .filter(one -> one.agents().selects(agent.name(), agent.metadata().labels()))
        .filter(one -> one.holdsIn(place.environment(), Set.copyOf(agent.workflows())))
        .map(Policy::loops)
        .orElse(Map.of());
  }

  private static String written(LoopRule.Limit limit) {
    return limit.threshold() + " (" + limit.action().name().toLowerCase(Locale.ROOT) + ")";
  }
}
