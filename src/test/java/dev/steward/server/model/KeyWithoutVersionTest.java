// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A key proves whose call it is also where its agent may not call.
class KeyWithoutVersionTest {
  private static final String ASK =
      "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  @TempDir Path folder;
  private GatewayServer gateway;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void whereNoVersionIsInForceTheCallIsRefusedWithCauseAndRemedy() {
    HttpResponse<InputStream> response = ask(key("production"));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("x-should-retry")).contains("false");
    assertThat(new String(GatewayServer.bytes(response), StandardCharsets.UTF_8))
        .contains(
            "No version of refunds is in force in production, where its key is for: put one in"
                + " force there, or issue a key for development with 'steward keys issue refunds"
                + " --environment development'.");
    assertThat(gateway.provider().received()).isEmpty();
  }

  @Test
  void theRefusedCallIsRecordedWithItsAgent() {
    ask(key("production"));

    JsonNode run = gateway.newestRun(1);

    assertThat(run.get("agent").asString()).isEqualTo("refunds");
    assertThat(run.get("registered").asBoolean()).isTrue();
    assertThat(run.get("environment").asString()).isEqualTo("production");
    assertThat(run.get("status").asString()).isEqualTo("failed");
    assertThat(gateway.newestSpan(1).get("decision").asString()).isEqualTo("deny");
    assertThat(gateway.server().json("/api/v1/agents/unregistered").get("items")).isEmpty();
  }

  @Test
  void theAgentOfADeletedManifestIsNamedToo() {
    gateway.server().delete("/api/v1/resources/Agent/refunds");

    HttpResponse<InputStream> response = ask(gateway.key());

    assertThat(response.statusCode()).isBetween(401, 403);
    gateway.server().await("the refused call is recorded", () -> gateway.runs().size() == 1);
  }

  private HttpResponse<InputStream> ask(String key) {
    return gateway.postAs(key, "/v1/chat/completions", ASK);
  }

  private String key(String environment) {
    return gateway
        .server()
        .ask(
            "/api/v1/keys", "{\"agent\":\"refunds\",\"environment\":\"%s\"}".formatted(environment))
        .get("key")
        .asString();
  }
}
