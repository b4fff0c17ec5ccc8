// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway;

import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.call.Call.ModelCall;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.RunSoFar;
import dev.steward.domain.call.Taint;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Verdict;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.policy.PolicySet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Asks policy whether a model may be asked.
final class Policing {
  private Policing() {}

  /// The models of the chain that policy lets be asked.
  ///
  /// @throws RefusedException DENIED where there is none
  static List<ModelChoice> allowed(
      State state, Caller caller, Place place, List<ModelChoice> chain, Instant now) {
    PolicySet policies = state.policies();
    if (policies.rules().isEmpty()) {
      return chain;
    }
    List<ModelChoice> allowed = new ArrayList<>();
    String denied = "";
    Facts facts =
        new Facts(
            now,
            new RunSoFar(place.run(), 0, new Cost.Unknown("the run goes on"), Set.of()),
            new Cost.Unknown("the call has not begun"),
            Taint.UNKNOWN);
    for (ModelChoice choice : chain) {
      Decision decision =
          policies.decide(
              new ModelCall(
                  caller.known(place.workflow()), choice.model(), choice.provider().name()),
              facts);
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
}
