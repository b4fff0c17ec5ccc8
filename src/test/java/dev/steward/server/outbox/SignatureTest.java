// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignatureTest {
  /// The example that the specification of Standard Webhooks is tested with.
  @Test
  void isThatOfStandardWebhooks() {
    assertThat(
            Signature.of(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void anotherSecretIsTakenByItsBytes() {
    String one = Signature.of("plain", "a", 1, "{}");
    assertThat(one).startsWith("v1,").isNotEqualTo(Signature.of("plain2", "a", 1, "{}"));
    assertThat(one).isNotEqualTo(Signature.of("plain", "a", 2, "{}"));
  }
}
