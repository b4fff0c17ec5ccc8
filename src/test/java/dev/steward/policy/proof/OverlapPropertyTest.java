// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.call.Call;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Policy.Target;
import dev.steward.policy.PolicySet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Proofs about resources whose patterns overlap, against really deciding on names of every kind.
class OverlapPropertyTest {
  private static final List<String> PATTERNS =
      List.of(
          "bank/resource:a*",
          "bank/resource:*b",
          "bank/resource:*ba*",
          "bank/resource:a*b",
          "bank/resource:ab",
          "*/resource:*aa*",
          "bank/*b",
          "bank/*");
  private static final List<Pattern> REGEXES =
      PATTERNS.stream().map(OverlapPropertyTest::regex).toList();

  /// One name for each way in which a short one can fit the patterns.
  private static final List<String> NAMES = names();

  @Property(tries = 300)
  void aComparisonFindsADifferenceExactlyWhereThereIsOne(
      @ForAll("policies") List<Policy> before, @ForAll("policies") List<Policy> after) {
    Regime then = World.regime(before);
    Regime now = World.regime(after);

    Comparison found = Comparison.in("p", then, now);

    assertThat(found.looser().isEmpty())
        .as("%s", found)
        .isEqualTo(!loosened(then.policies(), now.policies()));
    assertThat(found.tighter().isEmpty())
        .as("%s", found)
        .isEqualTo(!loosened(now.policies(), then.policies()));
  }

  @Property(tries = 300)
  void aProofOfAPatternHoldsExactlyWhereNoNameThatFitsItGoesThrough(
      @ForAll("policies") List<Policy> policies, @ForAll("patterns") String pattern) {
    PolicySet set = World.regime(policies).policies();
    Regime regime = World.regime(policies);
    boolean through = false;
    for (String name : NAMES) {
      if (regex(pattern).matcher(name).matches()) {
        for (Set<String> holding : World.truths()) {
          through |= decide(set, name, holding).tier() != Tier.DENY;
        }
      }
    }

    Proof proof =
        new Prover(regime)
            .prove(new Statement.Never("a", new Deed.Calls(pattern), false, Optional.of("p")));

    assertThat(proof instanceof Proof.Refuted).isEqualTo(through);
  }

  private static boolean loosened(PolicySet before, PolicySet after) {
    for (String name : NAMES) {
      for (Set<String> holding : World.truths()) {
        if (World.looser(decide(before, name, holding), decide(after, name, holding))) {
          return true;
        }
      }
    }
    return false;
  }

  private static Decision decide(PolicySet policies, String name, Set<String> holding) {
    Call call = World.tool(name, "p");
    return World.decide(policies, call, holding);
  }

  private static List<String> names() {
    List<String> all = new ArrayList<>(List.of(""));
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).length() < 6) {
        for (String letter : List.of("a", "b", "c")) {
          all.add(all.get(i) + letter);
        }
      }
    }
    Set<Set<Integer>> ways = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (String end : all) {
      String name = "bank/resource:" + end;
      if (ways.add(fitting(name))) {
        names.add(name);
      }
    }
    // A star stands for any text, so also for the kind and the slash.
    for (String prompt : List.of("x", "b", "/resource:aac", "/resource:aab")) {
      names.add("bank/prompt:" + prompt);
    }
    names.addAll(List.of("bank/asks:sampling", "bank/pay", "bank/ask"));
    return names;
  }

  private static Set<Integer> fitting(String name) {
    Set<Integer> fitting = new HashSet<>();
    for (int i = 0; i < REGEXES.size(); i++) {
      if (REGEXES.get(i).matcher(name).matches()) {
        fitting.add(i);
      }
    }
    return fitting;
  }

  private static Pattern regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char letter = pattern.charAt(i);
      regex.append(letter == '*' ? ".*" : Pattern.quote(String.valueOf(letter)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /// No tool of the server may be used at all in half of them: then its resources are not free.
  @Provide
  Arbitrary<List<Policy>> policies() {
    Arbitrary<Policy.Rule> rules =
        Combinators.combine(
                Arbitraries.of(PATTERNS.subList(0, PATTERNS.size() - 1)),
                Arbitraries.of(Tier.values()),
                Arbitraries.integers().between(-1, 1),
                Arbitraries.of(
                    Obligations.NONE, new Obligations(List.of("iban"), List.of(), false)))
            .as((pattern, tier, place, duties) ->
                new Policy.Rule(
                    "",
                    tier,
                    new Target.Tools(List.of(pattern), List.of()),
                    place < 0 ? "" : "'c" + place + "' in run.tools",
                    ApprovalTerms.ANYONE,
                    tier == Tier.DENY ? Obligations.NONE : duties));
    return Combinators.combine(rules.list().ofMinSize(1).ofMaxSize(4), Arbitraries.of(true, false))
        .as((list, open) -> {
          List<Policy> policies = new ArrayList<>();
          policies.add(policy("patterns", list));
          if (open) {
            policies.add(
                policy(
                    "open",
                    List.of(
                        new Policy.Rule(
                            "",
                            Tier.ALLOW,
                            new Target.Tools(List.of("bank/pay"), List.of()),
                            "",
                            ApprovalTerms.ANYONE,
                            Obligations.NONE))));
          }
          return policies;
        });
  }

  private static Policy policy(String name, List<Policy.Rule> rules) {
    return new Policy(
        new Metadata(name, Map.of()),
        Policy.Mode.ENFORCE,
        Policy.AgentScope.ALL,
        List.of(),
        List.of(),
        rules);
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of(PATTERNS.stream().filter(p -> p.startsWith("bank/resource:")).toList());
  }
}
