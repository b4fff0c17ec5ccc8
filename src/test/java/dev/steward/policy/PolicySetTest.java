// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.call.Facts;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Decision.RequireApproval;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.Obligations.RateLimit;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.decision.Verdict;
import dev.steward.domain.resource.Policy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicySetTest {
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"amount\":{\"type\":\"number\"}}}";
  private static final Tools TOOLS = Tools.of(List.of(Calls.server("bank", SCHEMA, "pay", "ask")));

  @Test
  void withoutAnyPolicyEveryToolIsDenied() {
    Decision decision =
        PolicySet.NONE.decide(Calls.tool("a", "p", "bank/pay", Map.of()), Calls.FACTS);
    assertThat(decision).isInstanceOf(Verdict.Deny.class);
    assertThat(decision.grounds().reason()).isEqualTo("no rule allows a to call bank/pay in p");
  }

  @Test
  void whatIsThrownIsADeny() {
    PolicySet set =
        set(Calls.policy("p", Calls.rule("bank/pay", Tier.ALLOW, "tainted(args.amount)")));
    Facts throwing =
        new Facts(
            Calls.FACTS.now(),
            Calls.FACTS.run(),
            Calls.FACTS.cost(),
            _ -> {
              throw new IllegalStateException("broken");
            });
    Decision decision =
        set.decide(Calls.tool("a", "p", "bank/pay", Map.of("amount", BigDecimal.ONE)), throwing);
    assertThat(decision).isInstanceOf(Verdict.Deny.class);
    assertThat(decision.grounds().rules()).hasToString("[p/1]");
  }

  @Test
  void obligationsOfAllMatchingRulesAddUp() {
    RateLimit limit = new RateLimit(3, Duration.ofMinutes(1));
    PolicySet set =
        set(
            Calls.policy(
                "p",
                Calls.rule(
                    "bank/*",
                    Tier.ALLOW,
                    "",
                    new Obligations(List.of("iban"), List.of(limit), false)),
                Calls.rule(
                    "*", Tier.ALLOW, "", new Obligations(List.of("name"), List.of(), true))));
    Decision decision = set.decide(Calls.tool("a", "p", "bank/pay", Map.of()), Calls.FACTS);
    assertThat(((Verdict.Allow) decision).obligations())
        .isEqualTo(new Obligations(List.of("iban", "name"), List.of(limit), true));
  }

  @Test
  void anUnknownConditionOfARestrictingRuleRestricts() {
    PolicySet set =
        set(
            Calls.policy(
                "p",
                Calls.rule("bank/*", Tier.ALLOW, ""),
                Calls.rule("bank/pay", Tier.REQUIRE_APPROVAL, "tainted(args)"),
                Calls.rule("bank/ask", Tier.DENY, "tainted(args)")));
    assertThat(set.decide(Calls.tool("a", "p", "bank/pay", Map.of()), Calls.FACTS))
        .isInstanceOf(RequireApproval.class);
    assertThat(set.decide(Calls.tool("a", "p", "bank/ask", Map.of()), Calls.FACTS))
        .isInstanceOf(Verdict.Deny.class);
  }

  @Test
  void anUnknownConditionGrantsNoApproval() {
    PolicySet set =
        set(Calls.policy("p", Calls.rule("bank/pay", Tier.REQUIRE_APPROVAL, "!tainted(args)")));
    assertThat(set.decide(Calls.tool("a", "p", "bank/pay", Map.of()), Calls.FACTS))
        .isInstanceOf(Verdict.Deny.class);
  }

  @Test
  void noValueOfAnArgumentStandsInAReason() {
    PolicySet set = set(Calls.policy("p", Calls.rule("bank/pay", Tier.ALLOW, "args.amount <= 50")));
    Decision decision =
        set.decide(Calls.tool("a", "p", "bank/pay", Map.of("amount", "secret-4711")), Calls.FACTS);
    assertThat(decision.grounds().reason()).contains("args.amount").doesNotContain("4711");
  }

  @Test
  void aConditionIsCompiledWhenFirstNeededAndThenUsedAgain() {
    Policy first = Calls.policy("p", Calls.rule("bank/pay", Tier.ALLOW, "args.amount <= 50"));
    PolicySet set = set(first);
    assertThat(set.compiledConditions()).isZero();
    set.decide(Calls.tool("a", "p", "bank/pay", Map.of("amount", 1)), Calls.FACTS);
    assertThat(set.compiledConditions()).isEqualTo(1);
    Policy second = Calls.policy("q", Calls.rule("bank/ask", Tier.ALLOW, "args.amount <= 7"));
    PolicySet next = set.next(List.of(first, second), TOOLS);
    assertThat(next.compiledConditions()).isEqualTo(1);
    assertThat(next.next(List.of(second), TOOLS).compiledConditions()).isZero();
  }

  @Test
  void aCallMeetsOnlyTheRulesThatCanCoverIt() {
    PolicySet set =
        set(
            Calls.policy("here", List.of("p"), Calls.rule("bank/pay", Tier.ALLOW, "")),
            Calls.policy("there", List.of("q"), Calls.rule("bank/pay", Tier.ALLOW, "")),
            Calls.policy(
                "wide", Calls.rule("*/p*", Tier.ALLOW, ""), Calls.rule("b*", Tier.DENY, "")));
    assertThat(set.covering(Calls.tool("a", "p", "bank/pay", Map.of())))
        .extracting(rule -> rule.name().toString())
        .containsExactly("here/1", "wide/1", "wide/2");
  }

  private static PolicySet set(Policy... policies) {
    return PolicySet.of(List.of(policies), TOOLS);
  }
}
