// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.call.Facts;
import dev.steward.domain.decision.Decision;
import dev.steward.gateway.delegation.Attenuation;
import dev.steward.gateway.delegation.Attenuation.Asker;
import dev.steward.gateway.proposal.LocalRules.Ruled;
import java.util.List;
import java.util.Optional;

/// What is decided on proposed calls for who makes them and for each agent on whose behalf they are
/// made: the tightest of all that counts.
///
/// @param own of who makes them
record ChainRules(LocalRules own, List<Before> before, boolean enforces) {
  /// An agent of the chain.
  ///
  /// @param rules empty where no policy about tools concerns it
  record Before(Asker asker, Optional<LocalRules> rules) {
    private Optional<Ruled> of(Target target, ToolCall call, Facts facts, String wrong) {
      return asker.known().isEmpty()
          ? Optional.of(new Ruled(asker.gone(), true))
          : rules
              .map(said ->
                  said.of(
                      target, (ToolCall) Attenuation.by(call, asker.known().get()), facts, wrong))
              .filter(Ruled::spoken);
    }
  }

  ChainRules {
    before = List.copyOf(before);
  }

  /// @param wrong why the arguments cannot be looked at, "" where they can
  Ruled of(Target target, ToolCall call, Facts facts, String wrong) {
    Ruled ruled = own.of(target, call, facts, wrong);
    for (Before each : before) {
      Optional<Ruled> other = each.of(target, call, facts, wrong);
      if (other.isPresent()) {
        Decision said = other.get().decision();
        ruled =
            new Ruled(
                ruled.spoken()
                    ? Attenuation.narrowed(ruled.decision(), said, each.asker())
                    : Attenuation.named(said, each.asker()),
                true);
      }
    }
    return ruled;
  }

  /// The same once more, of a tool in the agent's own process.
  Decision again(ToolCall call, Facts facts) {
    return of(new Target(call.server(), call.tool(), false), call, facts, "").decision();
  }
}
