// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway;

import dev.steward.control.state.State;
import dev.steward.gateway.delegation.Attenuation;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.util.List;
import java.util.Optional;

/// Refuses tools that would act at the provider, where no gateway sees them, unless the agent's
/// version lists them as tools of that provider; of a shadow and a copilot all of them.
final class HostedTools {
  private HostedTools() {}

  /// @param onBehalf whom the call is made for
  static void check(
      State state, Caller caller, Asked asked, List<ModelChoice> chain, Chain onBehalf) {
    if (asked.hostedTools().isEmpty()) {
      return;
    }
    Optional<String> proposing =
        Attenuation.proposing(state, caller.known("", List.of()), onBehalf);
    for (String tool : asked.hostedTools()) {
      if (caller.shadow().isPresent()) {
        throw new RefusedException(
            Refusal.of(
                Refusal.Kind.DENIED,
                "This run is a copy of a live one, and the tool '"
                    + tool
                    + "' would act at the provider: ask without it where 'x-steward-shadow' came"
                    + " with the call."));
      }
      if (proposing.isPresent()) {
        throw new RefusedException(
            Refusal.of(
                Refusal.Kind.DENIED,
                "The version of "
                    + proposing.get()
                    + " proposes and does not act by itself yet (copilot), and the tool '"
                    + tool
                    + "' would act at the provider, where nobody can be asked before: ask without"
                    + " it."));
      }
      for (ModelChoice choice : chain) {
        boolean same = choice.provider().dialect().equals(asked.operation().dialect().word());
        if (same && !listed(caller, choice.provider().name(), tool)) {
          throw new RefusedException(
              Refusal.of(
                  Refusal.Kind.DENIED,
                  "The tool '"
                      + tool
                      + "' would act at "
                      + choice.provider().name()
                      + ", where nobody sees it, and version "
                      + caller.version().shortName()
                      + " of "
                      + caller.agent().name()
                      + " does not list it: remove it, or add {server: "
                      + choice.provider().name()
                      + ", tools: ["
                      + tool
                      + "]} to the version's tools."));
        }
      }
    }
  }

  private static boolean listed(Caller caller, String provider, String tool) {
    return caller.version().tools().stream()
        .anyMatch(use -> use.server().equals(provider) && use.tools().contains(tool));
  }
}
