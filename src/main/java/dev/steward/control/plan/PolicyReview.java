// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.plan;

import dev.steward.control.manifest.Declaration;
import dev.steward.control.manifest.Problem;
import dev.steward.control.state.State;
import dev.steward.control.yaml.Nearest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import dev.steward.policy.PolicyCheck;
import dev.steward.policy.PolicyCheck.Doubt;
import dev.steward.policy.PolicyCheck.Wrong;
import dev.steward.policy.Tools;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an apply makes wrong or doubtful in policies: in those it declares, and in those in force
/// whose conditions ask about a tool server that it changes.
public final class PolicyReview {
  private static final int WARNINGS_MAX = 200;

  private final State state;
  private final Map<String, Declaration> declared;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  private PolicyReview(State state, Map<String, Declaration> declared) {
    this.state = state;
    this.declared = declared;
  }

  /// @param declared all of the apply, by `Kind/name`
  public static PolicyReview of(State state, Map<String, Declaration> declared) {
    PolicyReview review = new PolicyReview(state, declared);
    List<Declaration> policies = new ArrayList<>();
    List<Declaration> servers = new ArrayList<>();
    for (Declaration declaration : declared.values()) {
      if (declaration.resource() instanceof Policy) {
        policies.add(declaration);
      } else if (declaration.resource() instanceof ToolServer) {
        servers.add(declaration);
      }
    }
    if (!policies.isEmpty() || !servers.isEmpty()) {
      review.look(policies, servers);
    }
    return review;
  }

  public List<Problem> problems() {
    return problems;
  }

  public List<Problem> warnings() {
    return warnings;
  }

  private void look(List<Declaration> policies, List<Declaration> servers) {
    Tools tools = tools(servers);
    PolicyCheck check = new PolicyCheck(tools);
    for (Declaration declaration : policies) {
      look(declaration, (Policy) declaration.resource(), check);
    }
    for (Declaration declaration : servers) {
      for (Policy policy : state.all(Policy.class)) {
        if (!declared.containsKey("Policy/" + policy.name())
            && PolicyCheck.asksAbout(policy, declaration.resource().name(), tools)) {
          for (Wrong wrong : check.check(policy).wrong()) {
            warn(
                declaration.problem(
                    "spec.tools",
                    "policy "
                        + policy.nameOf(wrong.rule())
                        + " does not fit any more, so that it denies: "
                        + text(wrong)));
          }
        }
      }
    }
  }

  private void look(Declaration declaration, Policy policy, PolicyCheck check) {
    PolicyCheck.Found found = check.check(policy);
    for (Wrong wrong : found.wrong()) {
      problems.add(declaration.problem("spec.rules[" + wrong.rule() + "].when", text(wrong)));
    }
    for (Doubt doubt : found.doubts()) {
      warn(declaration.problem("spec.rules[" + doubt.rule() + "]", doubt.message()));
    }
    for (String agent : policy.agents().names()) {
      if (!declared.containsKey("Agent/" + agent) && state.find(Agent.class, agent).isEmpty()) {
        warn(declaration.problem("spec.agents", "no Agent " + agent + " is declared"));
      }
    }
  }

  private static String text(Wrong wrong) {
    return (wrong.tool().isEmpty() ? "" : "for " + wrong.tool() + ", ")
        + wrong.mistake()
        + "."
        + Nearest.hint(wrong.mistake().name(), wrong.mistake().known());
  }

  private void warn(Problem warning) {
    if (warnings.size() < WARNINGS_MAX) {
      warnings.add(warning);
    }
  }

  private Tools tools(List<Declaration> servers) {
    Map<String, ToolServer> byName = new LinkedHashMap<>();
    state.all(ToolServer.class).forEach(server -> byName.put(server.name(), server));
    for (Declaration declaration : servers) {
      Resource server = declaration.resource();
      byName.put(server.name(), (ToolServer) server);
    }
    return Tools.of(byName.values());
  }
}
