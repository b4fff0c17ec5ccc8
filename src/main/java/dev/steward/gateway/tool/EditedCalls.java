// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.control.approval.Approval;
import dev.steward.control.approval.BoundCall;
import dev.steward.control.consent.AskingRules;
import dev.steward.control.consent.EditCheck;
import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.call.Caller;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.Taint;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Verdict;
import dev.steward.domain.resource.Agent;
import dev.steward.gateway.delegation.Attenuation;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.delegation.Chains;
import dev.steward.gateway.judging.Arguments;
import dev.steward.gateway.run.Runs;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Holds the arguments that an approver edited against the pinned schema and policy, as the gateway
/// will when the call comes back. What it cannot know yet, whether a model proposed that call,
/// counts in favour of the arguments.
public final class EditedCalls implements EditCheck {
  private final Pins pins = new Pins();
  private final Supplier<State> state;
  private final Runs runs;
  private final Chains chains;
  private final InstantSource clock;

  public EditedCalls(Supplier<State> state, Runs runs, Chains chains, InstantSource clock) {
    this.state = state;
    this.runs = runs;
    this.chains = chains;
    this.clock = clock;
  }

  @Override
  public Optional<String> refusal(Approval approval, ObjectNode arguments) {
    State now = state.get();
    BoundCall call = approval.call();
    if (call.server().equals(BoundCall.AGENT)) {
      return Optional.of(
          "what an agent is asked is sent as it was written. Approve it as it is, or deny it.");
    }
    Optional<Pinned> pinned = pins.find(now, call.server(), call.tool());
    List<String> problems =
        pinned.map(tool -> tool.input().get().problems(arguments)).orElse(List.of());
    if (!problems.isEmpty()) {
      return Optional.of(
          "they do not fit the input schema of "
              + call.target()
              + ": "
              + String.join("; ", problems)
              + ". Correct them and approve again.");
    }
    Optional<Agent> agent = now.agent(call.agent());
    return agent.isEmpty()
        ? Optional.empty()
        : refusal(now, approval, facts(call, pinned), caller(agent.get(), approval), arguments);
  }

  private Optional<String> refusal(
      State now, Approval approval, Facts facts, Caller caller, ObjectNode arguments) {
    Optional<String> refusal = Optional.empty();
    for (boolean attributed : new boolean[] {false, true}) {
      ToolCall call =
          new ToolCall(
              caller,
              approval.call().server(),
              approval.call().tool(),
              Arguments.of(arguments),
              attributed);
      refusal = refusal(now, approval, Attenuation.decide(now, call, facts, chain(approval)));
      if (refusal.isEmpty()) {
        return refusal;
      }
    }
    return refusal;
  }

  private static Optional<String> refusal(State now, Approval approval, Decision decision) {
    return switch (decision) {
      case Verdict.Allow _ -> Optional.empty();
      case Verdict.Deny deny ->
          Optional.of(
              "policy does not allow "
                  + approval.call().target()
                  + " with them: "
                  + deny.grounds().reason()
                  + ". Write others, or deny the call.");
      case Decision.RequireApproval pending ->
          AskingRules.digest(now, pending).equals(approval.call().rules())
              ? Optional.empty()
              : Optional.of(
                  "with them other rules ask for people ("
                      + String.join(
                          ", ", pending.grounds().rules().stream().map(RuleName::toString).toList())
                      + ") than those that this approval is for. Write others, or deny the call,"
                      + " so that the agent makes it anew.");
    };
  }

  /// Only what the call's run tells: its token is not at hand.
  private Chain chain(Approval approval) {
    BoundCall call = approval.call();
    return chains.of(call.agent(), call.environment(), call.run());
  }

  private Facts facts(BoundCall call, Optional<Pinned> pinned) {
    return new Facts(
        clock.instant(),
        runs.soFar(call.run()),
        pinned.map(ToolMoney::cost).orElseGet(() -> new Cost.Unknown("the tool has no price")),
        Taint.UNKNOWN);
  }

  private Caller caller(Agent agent, Approval approval) {
    return new Caller(
        agent.name(),
        approval.question().version(),
        approval.call().environment(),
        agent.metadata().labels(),
        agent.risk().name().toLowerCase(Locale.ROOT),
        Set.copyOf(agent.workflows()),
        runs.chain(approval.call().run(), agent.name()));
  }
}
