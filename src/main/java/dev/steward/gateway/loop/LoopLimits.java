// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import dev.steward.domain.LoopRule;
import dev.steward.domain.LoopRule.Action;
import dev.steward.domain.LoopRule.Limit;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Policy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// From when on each rule finds a loop and what happens then, as the agent's version says it in
/// `orchestration`: `maxSteps` and `loops`. What it leaves out is as [LoopRule] has it, and what
/// policies say holds in place of both.
///
/// @param policies that set a limit, by rule
public record LoopLimits(Map<LoopRule, Limit> limits, Map<LoopRule, String> policies) {
  /// What holds where a version says nothing.
  public static final LoopLimits DEFAULT = new LoopLimits(Map.of());

  private static final JsonMapper JSON = JsonMapper.shared();

  public LoopLimits {
    EnumMap<LoopRule, Limit> all = new EnumMap<>(LoopRule.class);
    for (LoopRule rule : LoopRule.values()) {
      all.put(rule, rule.usual());
    }
    all.putAll(limits);
    limits = Map.copyOf(all);
    policies = Map.copyOf(policies);
  }

  /// As no policy says otherwise.
  public LoopLimits(Map<LoopRule, Limit> limits) {
    this(limits, Map.of());
  }

  /// These limits where the policies say nothing, else theirs; of several the tightest.
  public LoopLimits under(List<Policy> said) {
    EnumMap<LoopRule, Limit> all = new EnumMap<>(limits);
    EnumMap<LoopRule, String> by = new EnumMap<>(LoopRule.class);
    for (Policy policy : said) {
      policy
          .loops()
          .forEach((rule, limit) -> {
            if (!by.containsKey(rule) || limit.tighterThan(at(all, rule))) {
              all.put(rule, limit);
              by.put(rule, policy.name());
            }
          });
    }
    return by.isEmpty() ? this : new LoopLimits(all, by);
  }

  /// Name of the policy that set the rule's limit, "" where none did.
  String policy(LoopRule rule) {
    return policies.getOrDefault(rule, "");
  }

  public static LoopLimits of(AgentVersion version) {
    return of(JSON.readTree(version.json()).path("orchestration"));
  }

  static LoopLimits of(JsonNode orchestration) {
    EnumMap<LoopRule, Limit> limits = new EnumMap<>(LoopRule.class);
    JsonNode loops = orchestration.path("loops");
    for (LoopRule rule : LoopRule.values()) {
      JsonNode said = loops.path(rule.word());
      if (!said.isMissingNode()) {
        limits.put(rule, limit(rule, said));
      }
    }
    JsonNode maxSteps = orchestration.path("maxSteps");
    if (maxSteps.canConvertToLong() && maxSteps.longValue() >= 1) {
      // The call after the last allowed one is the one too many.
      limits.put(LoopRule.STEPS, new Limit(maxSteps.longValue() + 1, Action.STOP));
    }
    return limits.isEmpty() ? DEFAULT : new LoopLimits(limits);
  }

  private static Limit limit(LoopRule rule, JsonNode said) {
    JsonNode times = said.isObject() ? said.path("times") : said;
    String action = said.path("action").asString("");
    return new Limit(
        times.canConvertToLong() && times.longValue() >= LoopRule.THRESHOLD_MIN
            ? times.longValue()
            : rule.threshold(),
        action.equals("stop") ? Action.STOP : action.equals("flag") ? Action.FLAG : rule.action());
  }

  Limit at(LoopRule rule) {
    return at(limits, rule);
  }

  private static Limit at(Map<LoopRule, Limit> limits, LoopRule rule) {
    Limit limit = limits.get(rule);
    if (limit == null) {
      throw new IllegalStateException("no limit for " + rule);
    }
    return limit;
  }
}
