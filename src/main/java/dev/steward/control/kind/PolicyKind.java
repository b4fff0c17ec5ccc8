// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.LoopFields;
import dev.steward.control.field.ScopeFields;
import dev.steward.control.field.Spec;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.LoopRule;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Policy.AgentScope;
import dev.steward.domain.resource.Policy.Mode;
import dev.steward.domain.resource.Policy.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How a Policy is written.
final class PolicyKind implements Kind<Policy> {
  private static final int RULES_MAX = 1_000;

  @Override
  public Class<Policy> type() {
    return Policy.class;
  }

  @Override
  public Policy read(Metadata metadata, Fields spec) {
    Mode mode = spec.choice("mode", Mode.class, Mode.ENFORCE);
    AgentScope agents = ScopeFields.agents(spec);
    List<String> environments = ScopeFields.names(spec, "environments");
    List<String> workflows = ScopeFields.names(spec, "workflows");
    Map<LoopRule, LoopRule.Limit> loops = LoopFields.read(spec);
    List<Rule> rules = rules(spec, !loops.isEmpty());
    return new Policy(metadata, mode, agents, environments, workflows, rules, loops);
  }

  @Override
  public void write(Policy policy, ObjectNode spec) {
    if (policy.mode() != Mode.ENFORCE) {
      spec.put("mode", Fields.word(policy.mode()));
    }
    ScopeFields.write(policy.agents(), spec);
    Spec.put(spec, "environments", policy.environments());
    Spec.put(spec, "workflows", policy.workflows());
    LoopFields.write(policy.loops(), spec);
    if (!policy.rules().isEmpty()) {
      ArrayNode rules = spec.putArray("rules");
      policy.rules().forEach(rule -> PolicyRules.write(rule, rules.addObject()));
    }
  }

  /// @param loops whether it says something without rules too
  private static List<Rule> rules(Fields spec, boolean loops) {
    List<Rule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Fields fields : spec.objects("rules")) {
      Rule rule = PolicyRules.read(fields);
      if (!rule.name().isEmpty() && !names.add(rule.name())) {
        fields.flaw("name", "'" + rule.name() + "' stands twice; rules are told apart by it");
      }
      rules.add(rule);
      fields.close();
    }
    if (rules.isEmpty() && !loops) {
      spec.flaw("rules", "holds no rule, so the policy says nothing");
    } else if (rules.size() > RULES_MAX) {
      spec.flaw("rules", "holds more than " + RULES_MAX + " rules; write several policies");
    }
    return rules;
  }
}
