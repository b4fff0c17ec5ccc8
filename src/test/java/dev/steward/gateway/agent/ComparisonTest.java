// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.release.Shadowing;
import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.gateway.agent.Comparison.Side;
import dev.steward.gateway.shadow.RunCalls.Done;
import dev.steward.gateway.shadow.RunCalls.Ended;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Done READ = done("crm/read", "a", false, false);
  private static final Done PAID = done("bank/pay", "a", true, false);
  private static final Done SENT = done("mail/send", "a", true, false);

  @Test
  void agreesWhereOutcomeAndEffectsAreTheSameWhateverWasReadAndSaid() {
    assertThat(Comparison.of(side(200, "yes", READ, PAID, SENT), side(201, "well", SENT, PAID)))
        .containsKeys(Shadowing.AGREED, Shadowing.SAME_OUTCOME, Shadowing.SAME_EFFECTS)
        .doesNotContainKeys(Shadowing.SAME_TOOLS, Shadowing.SAME_ANSWER);
  }

  @Test
  void differsWhereAnEffectIsMissingOrTwiceOrOfOtherArgumentsOrDenied() {
    Side live = side(200, "yes", PAID);
    for (Side copy :
        List.of(
            side(200, "yes"),
            side(200, "yes", PAID, PAID),
            side(200, "yes", done("bank/pay", "b", true, false)),
            side(200, "yes", done("bank/pay", "a", true, true)))) {
      assertThat(Comparison.of(live, copy))
          .containsKey(Shadowing.SAME_OUTCOME)
          .doesNotContainKeys(Shadowing.AGREED, Shadowing.SAME_EFFECTS);
    }
  }

  @Test
  void differsWhereOneFails() {
    assertThat(Comparison.of(side(200, "yes", PAID), side(500, "yes", PAID)))
        .doesNotContainKeys(Shadowing.AGREED, Shadowing.SAME_OUTCOME)
        .containsKey(Shadowing.SAME_EFFECTS);
  }

  @Test
  void theSameAnswerMayBeWrittenInAnotherWay() {
    assertThat(Comparison.of(side(200, "{\"a\":1,\"b\":2}"), side(200, "{ \"b\": 2, \"a\": 1 }")))
        .containsKey(Shadowing.SAME_ANSWER);
  }

  @Test
  void costsAreSummedInTheirCurrency() {
    assertThat(Comparison.of(side(200, ""), side(200, "")))
        .containsEntry("liveCost.USD", new BigDecimal("0.5"))
        .containsEntry(Shadowing.LIVE_MILLIS, BigDecimal.valueOf(7));
  }

  private static Done done(String tool, String arguments, boolean acts, boolean denied) {
    return new Done(
        tool, Digest.of(arguments), acts, denied ? Ended.DENIED : Ended.MADE, Instant.EPOCH, "");
  }

  private static Side side(int status, String answer, Done... calls) {
    return new Side(
        status,
        answer.getBytes(StandardCharsets.UTF_8),
        List.of(calls),
        Duration.ofMillis(7),
        new Cost.Known(new BigDecimal("0.5"), "USD", Cost.Source.PRICED, ""));
  }
}
