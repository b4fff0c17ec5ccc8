// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.TestServer;
import dev.steward.server.model.GatewayServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Tools in the process of an agent whose version is a shadow, with a key for that version alone.
class ProposedShadowTest {
  private static final String ASK =
      "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"Write to them.\"}]}";
  private static final String ANSWER =
      "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-5\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":"
          + "[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"mail\","
          + "\"arguments\":\"{\\\"to\\\":\\\"ann\\\"}\"}}]},\"finish_reason\":\"tool_calls\"}],"
          + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}";

  private ProposalServer proposals;
  private TestServer server;

  @BeforeEach
  void open(@TempDir Path folder) {
    proposals = new ProposalServer(folder);
    proposals.answers("application/json", ANSWER);
    server = proposals.gateway.server();
    server.apply(
        """
        apiVersion: steward/v1
        kind: Budget
        metadata: {name: shadows}
        spec: {scope: {shadow: true}, window: day, limit: {cost: 9, currency: USD}}
        """);
    release("direct");
    server.apply(
        proposals
            .gateway
            .manifest()
            .replace(
                "  version:\n",
                """
                  version:
                    memory: {of: second}
                    tools: [{server: local, tools: [mail]}]
                """));
  }

  @AfterEach
  void close() {
    proposals.close();
  }

  @Test
  void areHeldBackWithoutAskingAnybody() {
    String version =
        server.json("/api/v1/releases/stages?agent=refunds").at("/items/0/version").asString();
    String live = key("");
    String release = "/api/v1/releases/" + release("shadow");
    String shadow = key(version);
    server.await(
        "it gets copies",
        () -> server.json(release).path("state").asString().equals("rolling-out"));
    JsonNode held = message(shadow);
    assertThat(held.has("tool_calls")).isFalse();
    assertThat(held.path("content").asString()).contains("a copy of a live one");
    assertThat(message(live).at("/tool_calls/0/id").asString()).isEqualTo("call_1");
    assertThat(server.json("/api/v1/approvals?status=pending").path("items")).isEmpty();
  }

  private String release(String strategy) {
    return server
        .ask(
            "/api/v1/releases",
            "{\"agent\":\"refunds\",\"to\":\"staging\",\"strategy\":\""
                + strategy
                + "\",\"reason\":\"new\"}")
        .path("id")
        .asString();
  }

  private String key(String version) {
    return server
        .ask(
            "/api/v1/keys",
            "{\"agent\":\"refunds\",\"environment\":\"staging\",\"version\":\"" + version + "\"}")
        .get("key")
        .asString();
  }

  private JsonNode message(String key) {
    return ProposalServer.json(
            new String(
                GatewayServer.bytes(proposals.gateway.postAs(key, "/v1/chat/completions", ASK)),
                StandardCharsets.UTF_8))
        .at("/choices/0/message");
  }
}
