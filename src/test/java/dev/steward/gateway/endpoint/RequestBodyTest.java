// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
  private static final int MAX = 100;

  @Test
  void aBodyThatPeopleMustAgreeToIsHeldToTheLimitToo() {
    RequestBody body = unannounced(MAX + 1);

    assertThatThrownBy(body::whole)
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.TOO_LARGE))
        .hasMessageContaining("larger than 100 bytes")
        .hasMessageContaining("agents.request-limit");
  }

  @Test
  void aBodyOfTheLimitIsWholeAndCanStillBeSent() {
    RequestBody body = unannounced(MAX);

    assertThat(body.whole()).hasSize(MAX);
    assertThat(body.again().whole()).hasSize(MAX);
  }

  /// One whose sender does not say how long it is.
  private static RequestBody unannounced(int bytes) {
    return new RequestBody(new ByteArrayInputStream(new byte[bytes]), -1, MAX);
  }
}
