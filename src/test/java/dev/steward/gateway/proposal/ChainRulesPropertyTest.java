// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.access.Actor;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.RunSoFar;
import dev.steward.domain.call.Taint;
import dev.steward.domain.decision.Tier;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.proposal.LocalRules.Ruled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// A tool in the process of the last agent of a chain can never be used more freely than by the
/// narrowest of them.
class ChainRulesPropertyTest {
  private static final List<String> AGENTS = List.of("planner", "worker", "clerk");

  /// The last two name the agent in no policy, and in one about another tool.
  private static final List<String> EFFECTS =
      List.of("allow", "require_approval", "deny", "", "other");

  @Property(tries = 125)
  void localToolsAreNarrowedByEachOfTheChain(
      @ForAll @IntRange(max = 4) int planner,
      @ForAll @IntRange(max = 4) int worker,
      @ForAll @IntRange(max = 4) int clerk) {
    try (ControlFixture control = new ControlFixture(folder())) {
      declare(control, new int[] {planner, worker, clerk});
      State state = control.state();
      Optional<Tier> tightest = Optional.empty();
      for (String agent : AGENTS) {
        Optional<Tier> alone = ruled(state, agent, Chain.NONE);
        if (alone.isPresent()
            && (tightest.isEmpty() || alone.get().compareTo(tightest.get()) > 0)) {
          tightest = alone;
        }
      }
      Chain chain =
          new Chain(List.of(new Chain.Link("planner", "v"), new Chain.Link("worker", "v")));

      assertThat(ruled(state, "clerk", chain)).isEqualTo(tightest);
    }
  }

  /// Empty where nothing is decided.
  private static Optional<Tier> ruled(State state, String agent, Chain chain) {
    Caller caller =
        new Caller(
            new AgentKey(
                "k", Digest.of("k"), agent, "development", "", Instant.EPOCH, Actor.SYSTEM, null),
            state.agent(agent).orElseThrow(),
            state.versionInForce(agent, "development").orElseThrow());
    dev.steward.domain.call.Caller known = caller.known("", chain.agents());
    ToolCall call = new ToolCall(known, Target.LOCAL, "pay", Map.of());
    return Proposals.rules(state, caller, known, chain)
        .map(rules -> rules.of(new Target(Target.LOCAL, "pay", false), call, facts(), ""))
        .filter(Ruled::spoken)
        .map(said -> said.decision().tier());
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("chain");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void declare(ControlFixture control, int[] effects) {
    List<String> yaml = new ArrayList<>();
    yaml.add(
        """
        apiVersion: steward/v1
        kind: Person
        metadata: {name: dana@example.com}
        spec: {displayName: Dana Smith, grants: [{role: developer}]}
        """);
    for (int i = 0; i < AGENTS.size(); i++) {
      String effect = EFFECTS.get(effects[i]);
      yaml.add(
          """
          apiVersion: steward/v1
          kind: Agent
          metadata: {name: %s}
          spec: {owner: dana@example.com, purpose: Works., risk: minimal, version: {memory: {}}}
          """
              .formatted(AGENTS.get(i)));
      if (!effect.isEmpty()) {
        yaml.add(
            """
            apiVersion: steward/v1
            kind: Policy
            metadata: {name: of-%1$s}
            spec:
              agents: {names: [%1$s]}
              rules: [{tool: local/%2$s, effect: %3$s}]
            """
                .formatted(
                    AGENTS.get(i),
                    effect.equals("other") ? "mail" : "pay",
                    effect.equals("other") ? "allow" : effect));
      }
    }
    control.apply(String.join("---\n", yaml));
  }

  private static Facts facts() {
    return new Facts(
        Instant.EPOCH,
        new RunSoFar("r", 0, new Cost.Unknown("none"), Set.of()),
        new Cost.Unknown("none"),
        Taint.UNKNOWN);
  }
}
