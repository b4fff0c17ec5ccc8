// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.call.Effect;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Policy;
import dev.steward.policy.PolicySet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// The prover against brute force: every truth of every condition is tried by really deciding.
class ProverPropertyTest {
  /// What the server has beside tools: it reads whatever its tools read.
  private static final List<String> FEATURES =
      List.of("bank/resource:any other", "bank/prompt:any other", "bank/asks:any other");

  /// Every kind of deed, and the tools that may do it: of those that are not declared, anything may
  /// be true.
  private static final Map<Deed, List<String>> DEEDS =
      Map.of(
          new Deed.Calls("bank/pay"),
          List.of("bank/pay"),
          new Deed.Calls("bank/*"),
          and(FEATURES, "bank/pay", "bank/ask", "bank/odd"),
          new Deed.Calls("*"),
          World.TOOLS,
          new Deed.Does(List.of(Effect.MONEY)),
          List.of("bank/pay", "bank/odd", Universe.OTHER_TOOL),
          new Deed.Does(List.of(Effect.READ, Effect.DELETE)),
          and(FEATURES, "bank/ask", "bank/odd", Universe.OTHER_TOOL),
          new Deed.Reads(List.of("pii")),
          and(FEATURES, "bank/pay", Universe.OTHER_TOOL),
          new Deed.Reads(List.of("pii", "public")),
          and(FEATURES, "bank/pay", "bank/odd", Universe.OTHER_TOOL));

  private static List<String> and(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  @Property(tries = 400)
  void aProofHoldsExactlyWhenNoCallGoesThrough(
      @ForAll("policies") List<Policy> policies,
      @ForAll("deeds") Deed deed,
      @ForAll boolean withoutApproval,
      @ForAll("environments") Optional<String> environment) {
    Regime regime = World.regime(policies);
    Tier bound = withoutApproval ? Tier.REQUIRE_APPROVAL : Tier.DENY;
    Tier loosest = loosest(regime.policies(), deed, environment);

    Proof proof =
        new Prover(regime).prove(new Statement.Never("a", deed, withoutApproval, environment));

    assertThat(proof instanceof Proof.Proved).isEqualTo(loosest.compareTo(bound) >= 0);
    if (proof instanceof Proof.Refuted(Proof.Counterexample found)) {
      assertThat(
              World.decide(
                      regime.policies(),
                      World.tool(found.tool(), found.environment()),
                      World.holding(found.suppositions()))
                  .tier())
          .isEqualTo(found.outcome())
          .isLessThan(bound);
      assertThat(DEEDS.get(deed)).contains(found.tool());
      assertThat(found.rules().isEmpty())
          .isEqualTo(regime.policies().free(World.tool(found.tool(), found.environment())));
    }
  }

  private static Tier loosest(PolicySet policies, Deed deed, Optional<String> environment) {
    Tier loosest = Tier.DENY;
    for (String where : environment.map(List::of).orElse(World.ENVIRONMENTS)) {
      for (String tool : DEEDS.getOrDefault(deed, List.of())) {
        for (Set<String> holding : World.truths()) {
          Tier decided = World.decide(policies, World.tool(tool, where), holding).tier();
          loosest = decided.compareTo(loosest) < 0 ? decided : loosest;
        }
      }
    }
    return loosest;
  }

  @Provide
  Arbitrary<List<Policy>> policies() {
    return World.policies();
  }

  @Provide
  Arbitrary<Deed> deeds() {
    return Arbitraries.of(DEEDS.keySet());
  }

  @Provide
  Arbitrary<Optional<String>> environments() {
    return Arbitraries.of(Optional.empty(), Optional.of("p"), Optional.of("elsewhere"));
  }
}
