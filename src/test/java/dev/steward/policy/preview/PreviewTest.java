// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.Obligations.RateLimit;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Policy.Rule;
import dev.steward.domain.resource.Policy.Target;
import dev.steward.policy.Calls;
import dev.steward.policy.PolicySet;
import dev.steward.policy.Tools;
import dev.steward.policy.duty.Duty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreviewTest {
  @Test
  void aDutyThatIsAddedOrTakenAwayIsAChange() {
    RateLimit limit = new RateLimit(3, Duration.ofMinutes(1));
    Preview.Result<String> result =
        preview(
            allowing(new Obligations(List.of("iban"), List.of(), false)),
            allowing(new Obligations(List.of("name"), List.of(limit), true)));

    assertThat(result.same()).isZero();
    assertThat(result.otherDuties()).isOne();
    assertThat(result.newly(Tier.ALLOW)).isZero();
    Preview.Change<String> change = result.changes().getFirst();
    assertThat(change.before()).isEqualTo(Tier.ALLOW);
    assertThat(change.after()).isEqualTo(Tier.ALLOW);
    assertThat(change.added())
        .extracting(Duty::words)
        .containsExactly("redact name", "at most 3 calls in 1m", "a reason");
    assertThat(change.removed()).extracting(Duty::words).containsExactly("redact iban");
  }

  @Test
  void anotherQuorumIsAChange() {
    Preview.Result<String> result = preview(asking(1), asking(2));

    assertThat(result.otherDuties()).isOne();
    assertThat(result.newly(Tier.REQUIRE_APPROVAL)).isZero();
    assertThat(result.changes().getFirst().added())
        .extracting(Duty::words)
        .containsExactly("2 of cfo agree within 1h, with four eyes");
    assertThat(result.changes().getFirst().removed())
        .extracting(Duty::words)
        .containsExactly("1 of cfo agrees within 1h, with four eyes");
  }

  @Test
  void theSameDutiesOfOtherRulesAreNoChange() {
    Obligations both = new Obligations(List.of("iban", "name"), List.of(), true);
    PolicySet split =
        set(
            allowing(new Obligations(List.of("name"), List.of(), true)),
            allowing(new Obligations(List.of("iban"), List.of(), false)));
    assertThat(preview(set(allowing(both)), split).same()).isOne();
    assertThat(preview(allowing(both), allowing(both)).same()).isOne();
  }

  @Test
  void callsThatAreDecidedOtherwiseStandBeforeThoseWithOtherDuties() {
    Preview<String> preview =
        new Preview<>(
            set(Calls.rule("bank/*", Tier.ALLOW, "")),
            set(
                allowing(new Obligations(List.of("iban"), List.of(), false)),
                Calls.rule("bank/ask", Tier.REQUIRE_APPROVAL, "")),
            3);
    preview.add(call("bank/pay"), Calls.FACTS, true, "run", "one");
    preview.add(call("bank/pay"), Calls.FACTS, true, "run", "two");
    preview.add(call("bank/ask"), Calls.FACTS, true, "run", "three");

    assertThat(preview.result().changes())
        .extracting(Preview.Change::tool, Preview.Change::calls)
        .containsExactly(tuple("bank/ask", 1L), tuple("bank/pay", 2L));
    assertThat(preview.result().newly(Tier.REQUIRE_APPROVAL)).isOne();
    assertThat(preview.result().otherDuties()).isEqualTo(2);
  }

  private static Preview.Result<String> preview(Rule before, Rule after) {
    return preview(set(before), set(after));
  }

  private static Preview.Result<String> preview(PolicySet before, PolicySet after) {
    Preview<String> preview = new Preview<>(before, after, 3);
    preview.add(call("bank/pay"), Calls.FACTS, true, "run", "here");
    return preview.result();
  }

  private static ToolCall call(String tool) {
    return (ToolCall) Calls.tool("a", "p", tool, Map.of());
  }

  private static Rule allowing(Obligations obligations) {
    return Calls.rule("bank/*", Tier.ALLOW, "", obligations);
  }

  private static Rule asking(int count) {
    return new Rule(
        "",
        Tier.REQUIRE_APPROVAL,
        new Target.Tools(List.of("bank/*"), List.of()),
        "",
        new ApprovalTerms(List.of("cfo"), count, true, ApprovalTerms.EXPIRES),
        Obligations.NONE);
  }

  private static PolicySet set(Rule... rules) {
    return PolicySet.of(List.of(Calls.policy("p", rules)), Tools.NONE);
  }
}
