// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.ModelProvider;
import dev.steward.gateway.wire.Endpoint;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Operation;
import dev.steward.gateway.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutgoingCallTest {
  private static final ModelProvider PROVIDER =
      new ModelProvider(
          new Metadata("own", Map.of()),
          "openai",
          "http://localhost/v1",
          "own-key",
          List.of("m"),
          new ModelProvider.Reach(
              "X-Own-Key", "", 1, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO));

  @Test
  void theKeyOfTheProviderIsTheOnlyOneOfItsName() {
    Request request =
        new Request(
            "POST",
            "/v1/chat/completions",
            "",
            List.of(new Header("x-own-key", "theirs"), new Header("x-tag", "a")),
            new byte[0]);

    UpstreamRequest outgoing =
        OutgoingCall.of(
            request,
            new Endpoint(Operation.CHAT, ""),
            Operation.CHAT,
            PROVIDER,
            "m",
            new byte[0],
            "ours");

    assertThat(outgoing.headers())
        .contains(new Header("X-Own-Key", "ours"), new Header("x-tag", "a"))
        .doesNotContain(new Header("x-own-key", "theirs"));
  }
}
