// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway;

import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.call.Call.ModelCall;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.Taint;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Verdict;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.policy.PolicySet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Asks policy whether a model may be asked.
final class Policing {
  private static final Cost NOT_ASKED = new Cost.Unknown("no rule asks for it");

  private final Runs runs;
  private final MoneyStep money;

  Policing(Runs runs, MoneyStep money) {
    this.runs = runs;
    this.money = money;
  }

  /// The models of the chain that policy lets be asked.
  ///
  /// @throws RefusedException DENIED where there is none
  List<ModelChoice> allowed(
      State state, Caller caller, Place place, Asked asked, List<ModelChoice> chain, Instant now) {
    PolicySet policies = state.policies();
    if (policies.rules().isEmpty()) {
      return chain;
    }
    List<ModelChoice> allowed = new ArrayList<>();
    String denied = "";
    List<String> before = runs.chain(place.run(), caller.agent().name());
    for (ModelChoice choice : chain) {
      ModelCall call =
          new ModelCall(
              caller.known(place.workflow(), before), choice.model(), choice.provider().name());
      Cost cost = asksForCost(policies, call) ? money.atMost(asked, choice) : NOT_ASKED;
      Facts facts = new Facts(now, runs.soFar(place.run()), cost, Taint.UNKNOWN);
      Decision decision = policies.decide(call, facts);
      String why =
          switch (decision) {
            case Verdict.Allow _ -> "";
            case Verdict.Deny deny -> deny.grounds().reason();
            case Decision.RequireApproval pending ->
                pending.grounds().reason() + "; a model call cannot wait for an approval";
          };
      if (why.isEmpty()) {
        allowed.add(choice);
      } else if (denied.isEmpty()) {
        denied =
            "Policy denies %s the model %s: %s"
                .formatted(caller.agent().name(), choice.model(), why);
      }
    }
    if (allowed.isEmpty()) {
      throw new RefusedException(Refusal.of(Refusal.Kind.DENIED, denied));
    }
    return allowed;
  }

  /// Counting what a call can cost takes time, so it is done only for who wants to know.
  private static boolean asksForCost(PolicySet policies, ModelCall call) {
    return policies.covering(call).stream().anyMatch(rule -> rule.rule().when().contains("cost"));
  }
}
