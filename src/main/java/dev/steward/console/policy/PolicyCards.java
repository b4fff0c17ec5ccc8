// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.policy;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import dev.steward.console.policy.PoliciesPage.Card;
import dev.steward.console.policy.PoliciesPage.Rule;
import dev.steward.control.kind.Kinds;
import dev.steward.domain.LoopRule;
import dev.steward.domain.Percent;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Makes the cards of the page of policies.
final class PolicyCards {
  private static final int AGENTS = 12;

  private static final YAMLMapper YAML = new YAMLMapper();

  private PolicyCards() {}

  /// @param number of the card on the page
  /// @param rules at most so many are shown
  static Card card(SeenPolicy seen, int number, int rules) {
    Policy policy = seen.policy();
    int shown = Math.min(rules, policy.rules().size());
    int left = policy.rules().size() - shown;
    return new Card(
        "policy-" + number,
        policy.name(),
        PolicyWords.mode(policy.mode()),
        PolicyWords.scope(policy, seen.names(), seen.environments()),
        seen.agents().isEmpty()
            ? "It is for no agent that is registered"
            : "For " + Figures.of(seen.agents().size(), "agent", "agents"),
        agents(seen.agents()),
        seen.agents().size() > AGENTS
            ? new Link(
                "and " + Figures.count(seen.agents().size() - AGENTS) + " more",
                PageUrl.of("/fleet").with("policy", policy.name()).toString())
            : null,
        rules(policy, shown),
        left == 0
            ? null
            : new Link(
                "Show " + Figures.of(left, "more rule", "more rules"), address(policy.name())));
  }

  /// The manifest as it is applied.
  static String text(Policy policy) {
    return YAML.writeValueAsString(Kinds.write(policy));
  }

  /// To the policies of rules that decided.
  static List<Link> rules(List<RuleName> names) {
    List<Link> links = new ArrayList<>();
    for (RuleName name : names) {
      links.add(new Link(name.toString(), address(name.policy())));
    }
    return links;
  }

  static String address(String policy) {
    return "/policies/" + Percent.encoded(policy);
  }

  private static List<Link> agents(List<Agent> agents) {
    List<Link> links = new ArrayList<>();
    for (Agent agent : agents.subList(0, Math.min(AGENTS, agents.size()))) {
      links.add(new Link(agent.name(), "/agents/" + Percent.encoded(agent.name())));
    }
    return links;
  }

  private static List<Rule> rules(Policy policy, int shown) {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < shown; i++) {
      Policy.Rule rule = policy.rules().get(i);
      rules.add(
          new Rule(
              policy.nameOf(i).rule(),
              PolicyWords.says(rule.tier()),
              PolicyWords.calls(rule.target()),
              rule.when(),
              ConditionWords.of(rule.when()).orElse(""),
              PolicyWords.also(rule)));
    }
    new TreeMap<>(policy.loops())
        .forEach((rule, limit) ->
            rules.add(
                new Rule(
                    rule.word(),
                    limit.action() == LoopRule.Action.STOP
                        ? new Mark(Mark.Tone.CRITICAL, "stops the run")
                        : new Mark(Mark.Tone.WARNING, "flags the run"),
                    "a run that goes round, from " + Figures.count(limit.threshold()) + " on",
                    "",
                    "",
                    List.of())));
    return rules;
  }
}
