// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.call.Call;
import dev.steward.domain.call.Call.ModelCall;
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
import java.util.function.Function;
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

      Chain chain =
          new Chain(List.of(new Chain.Link("planner", "v"), new Chain.Link("worker", "v")));
      Decision decision =
          narrowest(state, agent -> call(agent, List.of()), call("clerk", chain.agents()), chain);
      if (decision instanceof Verdict.Allow allow) {
        assertThat(allow.obligations().redact())
            .containsExactlyInAnyOrder(AGENTS.toArray(new String[0]));
      }
      narrowest(state, agent -> model(agent, List.of()), model("clerk", chain.agents()), chain);
    }
  }

  /// What is decided for the whole chain, which must be the tightest that is decided for any alone.
  private static Decision narrowest(
      State state, Function<String, Call> alone, Call call, Chain chain) {
    Tier tightest = Tier.ALLOW;
    String who = "";
    for (String agent : AGENTS) {
      Tier tier = state.policies().decide(alone.apply(agent), facts()).tier();
      if (tier.compareTo(tightest) > 0) {
        tightest = tier;
        who = agent;
      }
    }
    Decision decision = Attenuation.decide(state, call, facts(), chain);
    assertThat(decision.tier()).isEqualTo(tightest);
    Tier own = state.policies().decide(alone.apply("clerk"), facts()).tier();
    if (own != tightest) {
      assertThat(decision.grounds().reason()).contains("on behalf of " + who);
    }
    return decision;
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
              rules:
                - {tool: bank/pay, effect: %2$s%3$s}
                - {model: gpt-5, effect: %2$s}
            """
                .formatted(
                    AGENTS.get(i),
                    EFFECTS.get(effects[i]),
                    effects[i] == 2 ? "" : ", redact: [" + AGENTS.get(i) + "]"));
      }
    }
  }

  private static ToolCall call(String agent, List<String> chain) {
    return new ToolCall(caller(agent, chain), "bank", "pay", Map.of());
  }

  private static ModelCall model(String agent, List<String> chain) {
    return new ModelCall(caller(agent, chain), "gpt-5", "openai");
  }

  private static Caller caller(String agent, List<String> chain) {
    return new Caller(
        agent, "v", "development", Map.of(), "minimal", Set.of(), new ArrayList<>(chain));
  }

  private static Facts facts() {
    return new Facts(
        Instant.EPOCH,
        new RunSoFar("r", 0, new Cost.Unknown("none"), Set.of()),
        new Cost.Unknown("none"),
        Taint.UNKNOWN);
  }
}
