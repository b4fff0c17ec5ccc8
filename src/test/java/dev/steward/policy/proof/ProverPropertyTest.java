// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Digest;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Policy;
import dev.steward.policy.Calls;
import dev.steward.policy.PolicySet;
import dev.steward.policy.Tools;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/// The prover against brute force: every truth of every condition is tried by really deciding.
class ProverPropertyTest {
  private static final int CONDITIONS = 4;
  private static final List<String> ENVIRONMENTS = List.of("p", "q");
  private static final List<String> TOOLS = List.of("bank/pay", "bank/ask");
  private static final Agent AGENT =
      new Agent(
          new Metadata("a", Map.of()),
          "dana",
          "Works.",
          "",
          List.of(),
          Agent.Autonomy.ACT,
          Agent.Oversight.GOVERNED,
          Agent.Risk.LIMITED,
          new AgentVersion(Digest.of("{}"), List.of(), List.of(), List.of(), List.of(), "{}"),
          List.of());

  @Property(tries = 300)
  void aProofHoldsExactlyWhenNoCallGoesThrough(
      @ForAll("policies") List<Policy> policies, @ForAll boolean withoutApproval) {
    PolicySet set = PolicySet.of(policies, declared());
    Tier bound = withoutApproval ? Tier.REQUIRE_APPROVAL : Tier.DENY;
    for (String environment : ENVIRONMENTS) {
      Tier loosest = Tier.DENY;
      for (int truth = 0; truth < 1 << CONDITIONS; truth++) {
        Tier decided = decided(set, "bank/pay", environment, truth);
        loosest = decided.compareTo(loosest) < 0 ? decided : loosest;
      }
      Proof proof =
          new Prover(set, List.of(AGENT))
              .prove(new Statement("a", "bank/pay", withoutApproval, Optional.of(environment)));
      assertThat(proof instanceof Proof.Proved).isEqualTo(loosest.compareTo(bound) >= 0);
      if (proof instanceof Proof.Refuted(Proof.Counterexample found)) {
        assertThat(decided(set, found.tool(), found.environment(), truth(found)))
            .isEqualTo(found.outcome());
        assertThat(found.rules()).isNotEmpty();
      }
    }
  }

  @Property(tries = 300)
  void nothingIsNewExactlyWhenNoCallIsDecidedLooser(
      @ForAll("policies") List<Policy> before, @ForAll("policies") List<Policy> after) {
    PolicySet then = PolicySet.of(before, declared());
    PolicySet now = PolicySet.of(after, declared());
    boolean looser = false;
    for (String environment : List.of("p", "q", Prover.ANY_OTHER)) {
      for (String tool : TOOLS) {
        for (int truth = 0; truth < 1 << CONDITIONS; truth++) {
          looser |=
              decided(now, tool, environment, truth)
                      .compareTo(decided(then, tool, environment, truth))
                  < 0;
        }
      }
    }
    Proof proof = new Prover(now, List.of(AGENT)).proveNothingNew(then);
    assertThat(proof instanceof Proof.Refuted).isEqualTo(looser);
  }

  @Provide
  Arbitrary<List<Policy>> policies() {
    Arbitrary<Policy.Rule> rules =
        Combinators.combine(
                Arbitraries.of("bank/pay", "bank/*", "bank/ask", "*"),
                Arbitraries.of(Tier.values()),
                Arbitraries.integers().between(-1, CONDITIONS - 1))
            .as((tool, tier, place) -> Calls.rule(tool, tier, place < 0 ? "" : "args.c" + place));
    return Combinators.combine(rules.list().ofMinSize(1).ofMaxSize(4), Arbitraries.of("", "p", "q"))
        .as((list, environment) ->
            Calls.policy(
                "p" + list.hashCode(),
                environment.isEmpty() ? List.of() : List.of(environment),
                list.toArray(new Policy.Rule[0])))
        .list()
        .ofMaxSize(3);
  }

  private static Tools declared() {
    return Tools.of(List.of(Calls.server("bank", "{}", "pay", "ask")));
  }

  private static Tier decided(PolicySet set, String tool, String environment, int truth) {
    Map<String, @Nullable Object> arguments = new HashMap<>();
    for (int i = 0; i < CONDITIONS; i++) {
      arguments.put("c" + i, (truth >> i & 1) == 1);
    }
    return set.decide(Calls.tool("a", environment, tool, arguments), Calls.FACTS).tier();
  }

  private static int truth(Proof.Counterexample found) {
    int truth = 0;
    List<String> holding = new ArrayList<>();
    for (Proof.Supposition supposed : found.suppositions()) {
      if (supposed.holds()) {
        holding.add(supposed.condition());
      }
    }
    for (int i = 0; i < CONDITIONS; i++) {
      truth |= holding.contains("args.c" + i) ? 1 << i : 0;
    }
    return truth;
  }
}
