// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.model.GatewayServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Tools in the process of an agent whose version only proposes, without any policy.
class ProposedCopilotTest {
  private static final String ASK =
      "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"Write to them.\"}]}";
  private static final String ANSWER =
      "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-5\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":"
          + "[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"mail\","
          + "\"arguments\":\"{\\\"to\\\":\\\"ann\\\"}\"}}]},\"finish_reason\":\"tool_calls\"}],"
          + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}";

  private ProposalServer server;

  @BeforeEach
  void open(@TempDir Path folder) {
    server = new ProposalServer(folder);
    server.answers("application/json", ANSWER);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void areCalledOnceAPersonHasAgreed() {
    server
        .gateway
        .server()
        .ask(
            "/api/v1/releases",
            "{\"agent\":\"refunds\",\"to\":\"staging\",\"strategy\":\"copilot\",\"reason\":\"new\"}");
    String key =
        server
            .gateway
            .server()
            .ask("/api/v1/keys", "{\"agent\":\"refunds\",\"environment\":\"staging\"}")
            .get("key")
            .asString();

    JsonNode held = message(key);
    assertThat(held.has("tool_calls")).isFalse();
    assertThat(held.path("content").asString()).contains("does not act by itself yet");
    JsonNode waiting =
        server.gateway.server().json("/api/v1/approvals?status=pending").at("/items/0");
    assertThat(waiting.path("tool").asString()).contains("mail");
    server
        .gateway
        .server()
        .answerAs("dana@example.com", waiting.path("id").asString(), "{\"answer\":\"approve\"}");

    assertThat(message(key).at("/tool_calls/0/id").asString()).isEqualTo("call_1");
    assertThat(message(key).has("tool_calls")).isFalse();
    assertThat(message(server.gateway.key()).at("/tool_calls/0/id").asString()).isEqualTo("call_1");
  }

  @Test
  void toolsThatActAtTheProviderAreRefusedAlsoWhereTheyAreListed() {
    server.policy(
        server
            .gateway
            .manifest()
            .replace(
                "  version:\n",
                """
                  version:
                    tools: [{server: openai, tools: [web_search]}]
                """));
    server
        .gateway
        .server()
        .ask(
            "/api/v1/releases",
            "{\"agent\":\"refunds\",\"to\":\"staging\",\"strategy\":\"copilot\",\"reason\":\"new\"}");
    String key =
        server
            .gateway
            .server()
            .ask("/api/v1/keys", "{\"agent\":\"refunds\",\"environment\":\"staging\"}")
            .get("key")
            .asString();

    assertThat(searching(key)).contains("copilot", "web_search");
    assertThat(server.gateway.provider().received()).isEmpty();
    assertThat(searching(server.gateway.key())).doesNotContain("copilot");
    assertThat(server.gateway.provider().received()).hasSize(1);
  }

  private String searching(String key) {
    return new String(
        GatewayServer.bytes(
            server.gateway.postAs(
                key,
                "/v1/responses",
                "{\"model\":\"main\",\"input\":\"Look.\",\"tools\":[{\"type\":\"web_search\"}]}")),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  private JsonNode message(String key) {
    return ProposalServer.json(
            new String(
                GatewayServer.bytes(
                    server.gateway.postAs(
                        key, "/v1/chat/completions", ASK, "x-steward-run", "r-1")),
                java.nio.charset.StandardCharsets.UTF_8))
        .at("/choices/0/message");
  }
}
