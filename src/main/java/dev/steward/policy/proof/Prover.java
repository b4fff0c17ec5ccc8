// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.call.Call;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Policy.Target;
import dev.steward.policy.KnownTool;
import dev.steward.policy.PolicySet;
import dev.steward.policy.proof.Proof.Counterexample;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// Searches all truth values of all conditions for a call that goes through. See RATIONALE.md for
/// why few of them need to be tried.
public final class Prover {
  /// Stands for every environment that no policy names.
  public static final String ANY_OTHER = Universe.OTHER_ENVIRONMENT;

  private final PolicySet policies;
  private final Collection<Agent> agents;
  private final Regime regime;

  public Prover(Regime regime) {
    this.policies = regime.policies();
    this.agents = regime.agents();
    this.regime = regime;
  }

  /// Where a call is made, in words: `in production`.
  ///
  /// @param workflow that its caller says, "" for none
  public static String where(String environment, String workflow) {
    return "in "
        + (environment.equals(ANY_OTHER) ? "an environment that no policy names" : environment)
        + (workflow.isEmpty() ? "" : " for the workflow " + workflow);
  }

  /// @throws ApiException NOT_FOUND when there is no such agent, tool or label, TOO_LARGE where it
  ///   cannot be told since patterns overlap in too many ways
  public Proof prove(Statement.Never statement) {
    Universe universe = new Universe(named(statement.deed()), regime);
    Tier bound = statement.withoutApproval() ? Tier.REQUIRE_APPROVAL : Tier.DENY;
    Set<String> environments =
        statement.environment().map(Set::of).orElseGet(universe::environments);
    Set<String> tools = tools(universe, statement.deed());
    long cases = 0;
    for (Agent agent : agents(statement.agent())) {
      for (String tool : tools) {
        for (String environment : environments) {
          for (String workflow : Aim.claims(agent)) {
            cases++;
            Optional<Counterexample> found = search(agent, tool, environment, workflow, bound);
            if (found.isPresent()) {
              return new Proof.Refuted(found.get());
            }
          }
        }
      }
    }
    return new Proof.Proved(cases);
  }

  private Optional<Counterexample> search(
      Agent agent, String tool, String environment, String workflow, Tier bound) {
    Call call = new Aim.Tool(tool).call(agent, environment, workflow);
    Side asked = Side.of(policies, call, false, UnaryOperator.identity());
    for (Set<String> holding : asked.applying(Tier.ALLOW, Tier.REQUIRE_APPROVAL)) {
      Tier outcome = asked.outcome(holding);
      if (outcome.compareTo(bound) < 0) {
        return Optional.of(
            new Counterexample(
                agent.name(),
                tool,
                environment,
                workflow,
                outcome,
                asked.making(outcome, holding),
                asked.suppositions(holding)));
      }
    }
    return Optional.empty();
  }

  private Collection<Agent> agents(String name) {
    if (name.equals("*")) {
      return agents;
    }
    for (Agent agent : agents) {
      if (agent.name().equals(name)) {
        return List.of(agent);
      }
    }
    throw new ApiException(
        ErrorCode.NOT_FOUND, "there is no agent " + name + "; a proof needs its labels");
  }

  /// A pattern, or a name of what a declared server has beside tools, which nobody needs to write
  /// before it is asked about.
  private List<String> named(Deed deed) {
    return deed instanceof Deed.Calls(String tool)
            && (tool.indexOf('*') >= 0
                || (policies.tools().feature(tool).isPresent()
                    && policies.tools().servers().contains(tool.substring(0, tool.indexOf('/')))))
        ? List.of(tool)
        : List.of();
  }

  private Set<String> tools(Universe universe, Deed deed) {
    refuseUnknown(universe, deed);
    Set<String> tools = new TreeSet<>();
    for (String tool : universe.tools()) {
      if (deed.mayBe(policies.tools().tool(tool))) {
        tools.add(tool);
      }
    }
    if (tools.isEmpty()) {
      throw new ApiException(ErrorCode.NOT_FOUND, "no tool is named like " + deed.words());
    }
    return tools;
  }

  /// A proof about a name that nobody knows would say nothing; it is a slip more often than not.
  private void refuseUnknown(Universe universe, Deed deed) {
    if (deed instanceof Deed.Calls(String tool)
        && tool.indexOf('*') < 0
        && !universe.tools().contains(tool)) {
      throw new ApiException(
          ErrorCode.NOT_FOUND,
          "no ToolServer declares and no rule names the tool "
              + tool
              + ", so that a proof about it would say nothing");
    }
    if (deed instanceof Deed.Reads(List<String> labels)) {
      for (String label : labels) {
        if (!known(label)) {
          throw new ApiException(
              ErrorCode.NOT_FOUND,
              "no tool reads and no rule names the label "
                  + label
                  + ", so that a proof about it would say nothing");
        }
      }
    }
  }

  private boolean known(String label) {
    for (KnownTool tool : policies.tools().all()) {
      if (tool.labels().orElse(Set.of()).contains(label)) {
        return true;
      }
    }
    for (Policy policy : policies.policies()) {
      for (Policy.Rule rule : policy.rules()) {
        if (rule.target() instanceof Target.Tools(var _, var _, List<String> labels)
            && labels.contains(label)) {
          return true;
        }
      }
    }
    return false;
  }
}
