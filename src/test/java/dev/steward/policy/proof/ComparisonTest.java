// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.domain.Digest;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.ModelUse;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Policy.Target;
import dev.steward.policy.Calls;
import dev.steward.policy.PolicySet;
import dev.steward.policy.Tools;
import dev.steward.policy.duty.Duty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Policy.Rule PAY = Calls.rule("bank/pay", Tier.ALLOW, "");
  private static final Policy.Rule ZIP = Calls.rule("local/zip", Tier.ALLOW, "");

  @Test
  void theCourseOfAChangeIsNamed() {
    Regime one = regime(PAY);
    Regime asks = regime(Calls.rule("bank/pay", Tier.REQUIRE_APPROVAL, ""));
    Regime other = regime(Calls.rule("bank/ask", Tier.ALLOW, ""));

    assertThat(Comparison.between(one, one).course()).isEqualTo(Course.SAME);
    assertThat(Comparison.between(one, asks).course()).isEqualTo(Course.NARROWING);
    assertThat(Comparison.between(asks, one).course()).isEqualTo(Course.EXPANSION);
    assertThat(Comparison.between(one, other).course()).isEqualTo(Course.MIXED);
  }

  @Test
  void aDifferenceNamesRulesAndTruthValuesOfBothSides() {
    Regime before = regime(PAY, Calls.rule("bank/pay", Tier.DENY, "args.amount > 50"));
    Regime after = regime(PAY, Calls.rule("bank/pay", Tier.DENY, "args.amount > 90"));

    Difference found = Comparison.between(before, after).looser().getFirst();

    assertThat(found.what()).isEqualTo("bank/pay");
    assertThat(found.before().tier()).isEqualTo(Tier.DENY);
    assertThat(found.before().rules()).hasToString("[p/2]");
    assertThat(found.before().suppositions())
        .extracting(Proof.Supposition::condition, Proof.Supposition::holds)
        .containsExactly(tuple("args.amount > 50", true));
    assertThat(found.after().rules()).hasToString("[p/1]");
    assertThat(found.after().suppositions().getFirst().holds()).isFalse();
  }

  @Test
  void aLostDutyIsAnExpansion() {
    Regime strict =
        regime(
            Calls.rule(
                "bank/pay", Tier.ALLOW, "", new Obligations(List.of("iban"), List.of(), true)));
    Comparison found = Comparison.between(strict, regime(PAY));

    assertThat(found.course()).isEqualTo(Course.EXPANSION);
    assertThat(found.looser().getFirst().duties())
        .extracting(Duty::words)
        .containsExactly("redact iban", "a reason");
  }

  @Test
  void fewerPeopleAreAnExpansion() {
    Comparison found = Comparison.between(regime(asking(2, true)), regime(asking(1, true)));
    assertThat(found.course()).isEqualTo(Course.EXPANSION);
    assertThat(found.looser().getFirst().duties())
        .extracting(Duty::words)
        .containsExactly("2 of those who may approve agree within 1h, with four eyes");
    assertThat(Comparison.between(regime(asking(1, false)), regime(asking(1, true))).course())
        .isEqualTo(Course.NARROWING);
  }

  @Test
  void otherLabelsOfAnAgentAreADifference() {
    Policy forSupport =
        new Policy(
            new Metadata("support", Map.of()),
            Policy.Mode.ENFORCE,
            new Policy.AgentScope(List.of(), Map.of("team", "support")),
            List.of(),
            List.of(),
            List.of(PAY));
    PolicySet set = PolicySet.of(List.of(forSupport), World.tools());
    Agent plain = World.agent();
    Agent labelled =
        new Agent(
            new Metadata("a", Map.of("team", "support")),
            plain.owner(),
            plain.purpose(),
            "",
            List.of(),
            plain.autonomy(),
            plain.oversight(),
            plain.risk(),
            plain.version(),
            List.of());

    Comparison found =
        Comparison.between(new Regime(set, List.of(plain)), new Regime(set, List.of(labelled)));

    assertThat(found.course()).isEqualTo(Course.EXPANSION);
  }

  @Test
  void aNewAgentMayDoWhatWasNotDoneBefore() {
    PolicySet set = PolicySet.of(List.of(Calls.policy("p", PAY)), World.tools());
    assertThat(
            Comparison.between(new Regime(set, List.of()), new Regime(set, List.of(World.agent())))
                .course())
        .isEqualTo(Course.EXPANSION);
  }

  @Test
  void aConditionOnTheVersionIsAnotherUnknownInEach() {
    PolicySet set =
        PolicySet.of(
            List.of(
                Calls.policy(
                    "p", Calls.rule("bank/pay", Tier.ALLOW, "caller.version == '012345678901'"))),
            World.tools());
    assertThat(versions(set, List.of(), List.of()).course()).isEqualTo(Course.MIXED);
    PolicySet other =
        PolicySet.of(
            List.of(
                Calls.policy("p", Calls.rule("bank/pay", Tier.ALLOW, "caller.risk == 'limited'"))),
            World.tools());
    assertThat(versions(other, List.of(), List.of()).course()).isEqualTo(Course.SAME);
  }

  @Test
  void anotherModelOfAVersionIsADifference() {
    PolicySet free = PolicySet.of(List.of(), World.tools());
    List<ModelUse> small = List.of(new ModelUse("main", "gpt-5-mini", "openai"));
    List<ModelUse> both = List.of(small.getFirst(), new ModelUse("fallback", "gpt-5", "openai"));
    Comparison found = versions(free, small, both);
    assertThat(found.course()).isEqualTo(Course.EXPANSION);
    assertThat(found.looser().getFirst().what()).isEqualTo("model gpt-5 of openai");
    PolicySet denying =
        PolicySet.of(
            List.of(
                Calls.policy(
                    "p",
                    new Policy.Rule(
                        "",
                        Tier.DENY,
                        new Target.Models(List.of("gpt-5")),
                        "",
                        ApprovalTerms.ANYONE,
                        Obligations.NONE))),
            World.tools());
    assertThat(versions(denying, small, both).course()).isEqualTo(Course.SAME);
  }

  @Test
  void aToolThatIsNewlyDeclaredMayNewlyBeCalled() {
    List<Policy> all = List.of(Calls.policy("p", Calls.rule("bank/*", Tier.ALLOW, "")));
    Regime before = new Regime(PolicySet.of(all, Tools.NONE), List.of(World.agent()));
    Regime after = new Regime(PolicySet.of(all, World.tools()), List.of(World.agent()));
    assertThat(Comparison.between(before, after).looser())
        .extracting(Difference::what)
        .contains("bank/pay");
  }

  @Test
  void whatDiffersElsewhereHidesNothingOfOneEnvironment() {
    List<Policy.Rule> many = new ArrayList<>();
    for (int i = 0; i <= Comparison.LISTED_MAX; i++) {
      many.add(Calls.rule("bank/tool" + i, Tier.ALLOW, ""));
    }
    Policy elsewhere = there("development", many.toArray(Policy.Rule[]::new));
    Policy here = there("production", ZIP);
    Regime before = World.regime(List.of());
    Regime after = World.regime(List.of(elsewhere, here));

    assertThat(Comparison.between(before, after).looser())
        .hasSize(Comparison.LISTED_MAX)
        .noneMatch(difference -> difference.environment().equals("production"));
    assertThat(Comparison.in("production", before, after).looser())
        .extracting(Difference::what, Difference::environment)
        .containsExactly(tuple("local/zip", "production"));
  }

  @Test
  void anEnvironmentThatNoPolicyNamesIsAnyOther() {
    Regime before = World.regime(List.of());
    Regime after = World.regime(List.of(there("development", ZIP)));

    assertThat(Comparison.in("live", before, after).course()).isEqualTo(Course.SAME);
    assertThat(Comparison.in("development", before, after).course()).isEqualTo(Course.EXPANSION);
    assertThat(Comparison.in("live", before, regime(ZIP)).looser())
        .extracting(Difference::what, Difference::environment)
        .containsExactly(tuple("local/zip", Prover.ANY_OTHER));
  }

  private static Policy there(String environment, Policy.Rule... rules) {
    return new Policy(
        new Metadata("in-" + environment, Map.of()),
        Policy.Mode.ENFORCE,
        Policy.AgentScope.ALL,
        List.of(environment),
        List.of(),
        List.of(rules));
  }

  @Test
  void anotherSchemaMayChangeWhatAConditionSays() {
    List<Policy> small =
        List.of(Calls.policy("p", Calls.rule("bank/pay", Tier.ALLOW, "args.amount < 5")));
    Regime before = new Regime(PolicySet.of(small, typed("number")), List.of(World.agent()));
    Regime after = new Regime(PolicySet.of(small, typed("integer")), List.of(World.agent()));
    assertThat(Comparison.between(before, before).course()).isEqualTo(Course.SAME);
    assertThat(Comparison.between(before, after).course()).isEqualTo(Course.MIXED);
  }

  private static Tools typed(String type) {
    return Tools.of(
        List.of(
            Calls.server(
                "bank",
                "{\"type\":\"object\",\"properties\":{\"amount\":{\"type\":\"" + type + "\"}}}",
                "pay")));
  }

  private static Comparison versions(PolicySet set, List<ModelUse> before, List<ModelUse> after) {
    return Comparison.between(
        new Regime(set, List.of(version("1", before))),
        new Regime(set, List.of(version("2", after))));
  }

  private static Agent version(String content, List<ModelUse> models) {
    return World.agent()
        .in(new AgentVersion(Digest.of(content), models, List.of(), List.of(), List.of(), content));
  }

  private static Policy.Rule asking(int count, boolean fourEyes) {
    return new Policy.Rule(
        "",
        Tier.REQUIRE_APPROVAL,
        new Target.Tools(List.of("bank/pay"), List.of()),
        "",
        new ApprovalTerms(List.of(), count, fourEyes, ApprovalTerms.EXPIRES),
        Obligations.NONE);
  }

  private static Regime regime(Policy.Rule... rules) {
    return World.regime(List.of(Calls.policy("p", rules)));
  }
}
