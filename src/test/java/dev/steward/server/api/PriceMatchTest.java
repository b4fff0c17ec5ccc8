// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Regular expressions in prices, which every span with a model is matched against.
class PriceMatchTest {
  @Test
  void anExpressionWithoutABoundIsRefusedAtApply(@TempDir Path folder) {
    try (TestServer server = TestServer.open(folder)) {
      for (String hostile :
          List.of(
              "/^(a)\\1$/",
              "/^(?!gpt)/",
              "/((a{100}){100}){100}/",
              "/(x{1000}){1000}/",
              "/" + "a?".repeat(300) + "/")) {
        HttpResponse<String> refused = apply(server, hostile);
        assertThat(refused.statusCode()).as(hostile + " " + refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("match");
      }
      assertThat(apply(server, "/^(a+)+$/").statusCode()).isEqualTo(200);
      assertThat(apply(server, "/^o[134]-\\d{8}$/").statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> apply(TestServer server, String match) {
    return server.post(
        "/api/v1/apply",
        "application/yaml",
        """
        apiVersion: steward/v1
        kind: Price
        metadata: {name: acme/hostile}
        spec:
          provider: acme
          model: m
          match: ['%s']
          perMillion: {input: 1}
        """
            .formatted(match));
  }
}
