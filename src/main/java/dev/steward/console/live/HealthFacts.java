// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.live;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Took;
import dev.steward.console.part.Fact;
import dev.steward.control.live.ToolServerHealth.Health;
import dev.steward.control.live.UpstreamHealth.Circuit;
import java.util.List;

/// How a tool server or the endpoint of an agent answers, as facts on its page.
public final class HealthFacts {
  private HealthFacts() {}

  public static List<Fact> of(Health health, Moments moments) {
    return List.of(
        Fact.of("Last hour", lately(health))
            .noted(
                health
                    .lastError()
                    .map(last -> moments.of(last.at()).relative() + ": " + last.message())
                    .orElse("")),
        Fact.of("In flight", health.inFlight() + " of " + health.limit())
            .noted(
                health.turnedAway() == 0
                    ? ""
                    : Figures.of(health.turnedAway(), "call was", "calls were") + " turned away"),
        Fact.of("Circuit", health.circuit().word())
            .noted(
                health
                    .probeIn()
                    .map(left -> "tried again in " + Math.max(1, left.toSeconds()) + " s")
                    .orElse(health.circuit() == Circuit.CLOSED ? "its calls go through" : "")));
  }

  /// How many calls it had, and how they went.
  public static String lately(Health health) {
    return Figures.of(health.calls(), "call", "calls")
        + (health.errors() == 0 ? "" : ", " + Figures.count(health.errors()) + " failed")
        + health.whole().p95().map(most -> ", p95 " + Took.of(most)).orElse("");
  }
}
