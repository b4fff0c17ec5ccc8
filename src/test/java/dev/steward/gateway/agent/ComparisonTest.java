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
    assertThat(Comparison.of(side("2xx", "yes", READ, PAID, SENT), side("2xx", "well", SENT, PAID)))
        .containsKeys(Shadowing.AGREED, Shadowing.SAME_OUTCOME, Shadowing.SAME_EFFECTS)
        .doesNotContainKeys(Shadowing.SAME_TOOLS, Shadowing.SAME_ANSWER);
  }

  @Test
  void differsWhereAnEffectIsMissingOrTwiceOrOfOtherArgumentsOrDenied() {
    Side live = side("2xx", "yes", PAID);
    for (Side copy :
        List.of(
            side("2xx", "yes"),
            side("2xx", "yes", PAID, PAID),
            side("2xx", "yes", done("bank/pay", "b", true, false)),
            side("2xx", "yes", done("bank/pay", "a", true, true)))) {
      assertThat(Comparison.of(live, copy))
          .containsKey(Shadowing.SAME_OUTCOME)
          .doesNotContainKeys(Shadowing.AGREED, Shadowing.SAME_EFFECTS);
    }
  }

  @Test
  void differsWhereOneFails() {
    assertThat(Comparison.of(side("2xx", "yes", PAID), side("5xx", "yes", PAID)))
        .doesNotContainKeys(Shadowing.AGREED, Shadowing.SAME_OUTCOME)
        .containsKey(Shadowing.SAME_EFFECTS);
  }

  @Test
  void theSameAnswerMayBeWrittenInAnotherWay() {
    assertThat(
            Comparison.of(side("2xx", "{\"a\":1,\"b\":2}"), side("2xx", "{ \"b\": 2, \"a\": 1 }")))
        .containsKey(Shadowing.SAME_ANSWER);
  }

  @Test
  void costsAreSummedInTheirCurrency() {
    assertThat(Comparison.of(side("2xx", ""), side("2xx", "")))
        .containsEntry("liveCost.USD", new BigDecimal("0.5"))
        .containsEntry(Shadowing.LIVE_MILLIS, BigDecimal.valueOf(7));
  }

  private static Done done(String tool, String arguments, boolean acts, boolean denied) {
    return new Done(
        tool, Digest.of(arguments), acts, denied ? Ended.DENIED : Ended.MADE, Instant.EPOCH, "");
  }

  private static Side side(String outcome, String answer, Done... calls) {
    return new Side(
        outcome,
        answer.getBytes(StandardCharsets.UTF_8),
        List.of(calls),
        Duration.ofMillis(7),
        new Cost.Known(new BigDecimal("0.5"), "USD", Cost.Source.PRICED, ""));
  }
}
