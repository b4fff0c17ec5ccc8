// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.call.Call;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.AgentVersion.ToolUse;
import dev.steward.domain.resource.Policy;
import dev.steward.policy.PolicySet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Comparisons against brute force: every truth of every condition is tried by really deciding.
class ComparisonPropertyTest {
  @Property(tries = 400)
  void aDifferenceIsFoundExactlyWhereSomeCallIsDecidedOtherwise(
      @ForAll("policies") List<Policy> before, @ForAll("policies") List<Policy> after) {
    Regime then = World.regime(before);
    Regime now = World.regime(after);

    Comparison found = Comparison.between(then, now);

    assertThat(found.looser().isEmpty()).isEqualTo(!loosened(then.policies(), now.policies()));
    assertThat(found.tighter().isEmpty()).isEqualTo(!loosened(now.policies(), then.policies()));
    for (Difference difference : found.looser()) {
      assertThat(World.looser(decided(then, difference), decided(now, difference))).isTrue();
      assertThat(decided(then, difference).tier()).isEqualTo(difference.before().tier());
      assertThat(decided(now, difference).tier()).isEqualTo(difference.after().tier());
    }
    for (Difference difference : found.tighter()) {
      assertThat(World.looser(decided(now, difference), decided(then, difference))).isTrue();
    }
  }

  @Property(tries = 300)
  void inOneEnvironmentItFindsExactlyWhatIsDecidedOtherwiseThere(
      @ForAll("policies") List<Policy> before,
      @ForAll("policies") List<Policy> after,
      @ForAll("environments") String environment) {
    Regime then = World.regime(before);
    Regime now = World.regime(after);

    Comparison found = Comparison.in(environment, then, now);

    PolicySet was = then.policies();
    PolicySet is = now.policies();
    assertThat(found.looser().isEmpty()).isEqualTo(!loosened(was, is, calls(environment)));
    assertThat(found.tighter().isEmpty()).isEqualTo(!loosened(is, was, calls(environment)));
    Comparison everywhere = Comparison.between(then, now);
    for (Difference difference : found.looser()) {
      assertThat(difference.environment()).isIn(environment, Universe.OTHER_ENVIRONMENT);
      assertThat(everywhere.looser()).contains(difference);
    }
    for (Difference difference : found.tighter()) {
      assertThat(difference.environment()).isIn(environment, Universe.OTHER_ENVIRONMENT);
      assertThat(everywhere.tighter()).contains(difference);
    }
  }

  @Property(tries = 100)
  void theOtherWayRoundIsTheOtherCourse(
      @ForAll("policies") List<Policy> before, @ForAll("policies") List<Policy> after) {
    Course there = Comparison.between(World.regime(before), World.regime(after)).course();
    Course back = Comparison.between(World.regime(after), World.regime(before)).course();
    assertThat(back)
        .isEqualTo(
            switch (there) {
              case SAME -> Course.SAME;
              case NARROWING -> Course.EXPANSION;
              case EXPANSION -> Course.NARROWING;
              case MIXED -> Course.MIXED;
            });
    assertThat(Comparison.between(World.regime(before), World.regime(before)).course())
        .isEqualTo(Course.SAME);
  }

  @Property(tries = 200)
  void aVersionIsLooserExactlyWhereItListsWhatTheLastDidNotAndPolicyLetsThrough(
      @ForAll("policies") List<Policy> policies,
      @ForAll("lists") List<String> listedBefore,
      @ForAll("lists") List<String> listedAfter) {
    PolicySet set = PolicySet.of(policies, World.tools());
    boolean looser = false;
    Set<String> tools = new HashSet<>(List.of("pay", "ask", "odd"));
    tools.addAll(listedBefore);
    tools.addAll(listedAfter);
    for (String tool : tools) {
      looser |=
          !lists(listedBefore, tool)
              && lists(listedAfter, tool)
              && everAllowed(set, "bank/" + tool);
    }

    Comparison found =
        Comparison.between(
            new Regime(set, List.of(World.agent(new ToolUse("bank", listedBefore)))),
            new Regime(set, List.of(World.agent(new ToolUse("bank", listedAfter)))));

    assertThat(found.looser().isEmpty()).isEqualTo(!looser);
  }

  private static boolean lists(List<String> listed, String tool) {
    return listed.isEmpty() || listed.contains(tool);
  }

  private static boolean everAllowed(PolicySet set, String tool) {
    for (String environment : World.ENVIRONMENTS) {
      for (Set<String> holding : World.truths()) {
        if (World.decide(set, World.tool(tool, environment), holding).tier() != Tier.DENY) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean loosened(PolicySet before, PolicySet after) {
    for (String environment : World.ENVIRONMENTS) {
      if (loosened(before, after, calls(environment))) {
        return true;
      }
    }
    return false;
  }

  private static boolean loosened(PolicySet before, PolicySet after, List<Call> calls) {
    for (Call call : calls) {
      for (Set<String> holding : World.truths()) {
        if (World.looser(World.decide(before, call, holding), World.decide(after, call, holding))) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<Call> calls(String environment) {
    List<Call> calls = new ArrayList<>();
    World.TOOLS.forEach(tool -> calls.add(World.tool(tool, environment)));
    World.MODELS.forEach(model -> calls.add(World.model(model, environment)));
    return calls;
  }

  /// What a regime really decides of the call that was found, under what is supposed of it.
  private static Decision decided(Regime regime, Difference found) {
    Set<String> holding = new HashSet<>(World.holding(found.before().suppositions()));
    holding.addAll(World.holding(found.after().suppositions()));
    String model = "model ";
    Call call =
        found.what().startsWith(model)
            ? World.model(found.what().substring(model.length()), found.environment())
            : World.tool(found.what(), found.environment());
    return World.decide(regime.policies(), call, holding);
  }

  @Provide
  Arbitrary<List<Policy>> policies() {
    return World.policies();
  }

  /// Two that policies name, and one that nobody does.
  @Provide
  Arbitrary<String> environments() {
    return Arbitraries.of("p", "q", "production");
  }

  @Provide
  Arbitrary<List<String>> lists() {
    return Arbitraries.of("pay", "ask", "odd", "gone").list().ofMaxSize(3).uniqueElements();
  }
}
