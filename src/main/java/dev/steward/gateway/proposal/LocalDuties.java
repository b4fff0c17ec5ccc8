// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import dev.steward.domain.call.Caller;
import dev.steward.domain.decision.Grounds;
import dev.steward.domain.decision.Obligations;
import dev.steward.gateway.judging.Rates;
import java.time.InstantSource;
import java.util.Optional;

/// What policy demands along with a call, of a tool that runs in the agent's own process: its rate
/// can be kept there, what becomes of its result cannot.
final class LocalDuties {
  private static final String ELSEWHERE =
      ", which only holds for tools behind /mcp, and this one runs in the agent";

  private final Caller caller;
  private final Rates rates;
  private final InstantSource clock;

  LocalDuties(Caller caller, Rates rates, InstantSource clock) {
    this.caller = caller;
    this.rates = rates;
    this.clock = clock;
  }

  /// What can never be kept there, empty where all can.
  Optional<String> impossible(Obligations demanded) {
    if (!demanded.redact().isEmpty()) {
      return Optional.of("fields of its result must be hidden" + ELSEWHERE);
    }
    if (demanded.reason()) {
      return Optional.of("a reason must be given" + ELSEWHERE);
    }
    return Optional.empty();
  }

  /// What is not kept by a call that would else be made now, empty where all is; it is counted.
  Optional<String> broken(Grounds grounds, Obligations demanded) {
    Optional<String> impossible = impossible(demanded);
    if (impossible.isPresent()) {
      return impossible;
    }
    String whose = caller.agent() + "\n" + caller.environment() + "\n" + grounds.rules();
    return demanded.limits().isEmpty() || rates.take(whose, demanded.limits(), clock.instant())
        ? Optional.empty()
        : Optional.of("policy limits how often it may be called, and that is used up for now");
  }
}
