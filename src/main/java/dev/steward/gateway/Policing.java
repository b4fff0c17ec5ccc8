// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway;

import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.call.Call;
import dev.steward.domain.call.Call.ModelCall;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.Taint;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Verdict;
import dev.steward.gateway.delegation.Attenuation;
import dev.steward.gateway.delegation.Chain;
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

  /// The models that policy lets be asked, by the caller and by each on whose behalf it asks.
  ///
  /// @param chain on whose behalf the caller asks
  /// @throws RefusedException DENIED where there is none
  List<ModelChoice> allowed(
      State state,
      Caller caller,
      Place place,
      Asked asked,
      List<ModelChoice> listed,
      Chain chain,
      Instant now) {
    if (state.policies().rules().isEmpty()) {
      return listed;
    }
    List<ModelChoice> allowed = new ArrayList<>();
    String denied = "";
    List<String> before =
        chain.none() ? runs.chain(place.run(), caller.agent().name()) : chain.agents();
    for (ModelChoice choice : listed) {
      ModelCall call =
          new ModelCall(
              caller.known(place.workflow(), before), choice.model(), choice.provider().name());
      Cost cost = asksForCost(state, call, chain) ? money.atMost(asked, choice) : NOT_ASKED;
      Facts facts = new Facts(now, runs.soFar(place.run()), cost, Taint.UNKNOWN);
      Decision decision = Attenuation.decide(state, call, facts, chain);
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
  private static boolean asksForCost(State state, ModelCall call, Chain chain) {
    PolicySet policies = state.policies();
    return asksForCost(policies, call)
        || Attenuation.askers(state, call.caller(), chain).stream()
            .flatMap(asker -> asker.known().stream())
            .anyMatch(asking -> asksForCost(policies, Attenuation.by(call, asking)));
  }

  private static boolean asksForCost(PolicySet policies, Call call) {
    return policies.covering(call).stream().anyMatch(rule -> rule.rule().when().contains("cost"));
  }
}
