// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.call.Caller;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.RunSoFar;
import dev.steward.domain.call.Taint;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.decision.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// A chain of three agents can never do more than the narrowest of them.
class AttenuationPropertyTest {
  private static final List<String> AGENTS = List.of("planner", "worker", "clerk");
  private static final List<String> EFFECTS = List.of("allow", "require_approval", "deny", "");

  @Property(tries = 64)
  void chainOfThreeCannotExceedTheNarrowest(
      @ForAll @IntRange(max = 3) int planner,
      @ForAll @IntRange(max = 3) int worker,
      @ForAll @IntRange(max = 3) int clerk) {
    int[] effects = {planner, worker, clerk};
    try (ControlFixture control = new ControlFixture(folder())) {
      declare(control, effects);
      State state = control.state();

      Tier tightest = Tier.ALLOW;
      String who = "";
      for (int i = 0; i < AGENTS.size(); i++) {
        Tier alone = state.policies().decide(call(AGENTS.get(i), List.of()), facts()).tier();
        if (alone.compareTo(tightest) > 0) {
          tightest = alone;
          who = AGENTS.get(i);
        }
      }
      Chain chain =
          new Chain(List.of(new Chain.Link("planner", "v"), new Chain.Link("worker", "v")));
      Decision decision = Attenuation.decide(state, call("clerk", chain.agents()), facts(), chain);

      assertThat(decision.tier()).isEqualTo(tightest);
      boolean byAnother =
          tightest != Tier.ALLOW
              && state.policies().decide(call("clerk", List.of()), facts()).tier() != tightest;
      if (byAnother) {
        assertThat(decision.grounds().reason()).contains("on behalf of " + who);
      }
      if (decision instanceof Verdict.Allow allow) {
        assertThat(allow.obligations().redact())
            .containsExactlyInAnyOrder(AGENTS.toArray(new String[0]));
      }
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("attenuation");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void declare(ControlFixture control, int[] effects) {
    control.apply(
        """
        apiVersion: steward/v1
        kind: Person
        metadata: {name: dana@example.com}
        spec: {displayName: Dana Smith, grants: [{role: developer}]}
        """);
    for (int i = 0; i < AGENTS.size(); i++) {
      control.apply(
          """
          apiVersion: steward/v1
          kind: Agent
          metadata: {name: %s}
          spec: {owner: dana@example.com, purpose: Works., risk: minimal}
          """
              .formatted(AGENTS.get(i)));
      if (!EFFECTS.get(effects[i]).isEmpty()) {
        control.apply(
            """
            apiVersion: steward/v1
            kind: Policy
            metadata: {name: of-%1$s}
            spec:
              agents: {names: [%1$s]}
              rules: [{tool: bank/pay, effect: %2$s%3$s}]
            """
                .formatted(
                    AGENTS.get(i),
                    EFFECTS.get(effects[i]),
                    effects[i] == 2 ? "" : ", redact: [" + AGENTS.get(i) + "]"));
      }
    }
  }

  private static ToolCall call(String agent, List<String> chain) {
    return new ToolCall(
        new Caller(
            agent, "v", "development", Map.of(), "minimal", Set.of(), new ArrayList<>(chain)),
        "bank",
        "pay",
        Map.of());
  }

  private static Facts facts() {
    return new Facts(
        Instant.EPOCH,
        new RunSoFar("r", 0, new Cost.Unknown("none"), Set.of()),
        new Cost.Unknown("none"),
        Taint.UNKNOWN);
  }
}
