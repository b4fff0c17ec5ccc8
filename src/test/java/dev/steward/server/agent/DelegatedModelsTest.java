// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.agent.ScriptedAgent.Seen;
import dev.steward.server.model.GatewayServer;
import dev.steward.server.model.ScriptedProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who is asked by another agent may ask no model, and use no tool of its own process, that the
/// other may not: `planner` asks `refunds`, whose models are answered by a scripted provider.
@Timeout(60)
class DelegatedModelsTest {
  private static final String ASK =
      "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"Write.\"}]}";
  private static final String MAIL =
      "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-5\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":"
          + "[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"mail\","
          + "\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}],"
          + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}";

  private final ScriptedAgent refunds = new ScriptedAgent();
  private GatewayServer gateway;

  @BeforeEach
  void open(@TempDir Path folder) {
    gateway = new GatewayServer(folder);
    gateway
        .provider()
        .always((request, out) ->
            ScriptedProvider.chunked(
                out, 200, "application/json", List.of(MAIL.getBytes(StandardCharsets.UTF_8))));
    gateway
        .server()
        .apply(
            gateway
                    .manifest()
                    .replace(
                        "  version:\n", "  version:\n    " + AgentServer.endpoint(refunds) + "\n")
                + "---\n"
                + AgentServer.agent("planner", "orchestration: {delegates: [refunds]}")
                + """
                ---
                apiVersion: steward/v1
                kind: Policy
                metadata: {name: delegation}
                spec: {agents: [planner], rules: [{delegates: refunds, effect: allow}]}
                """);
  }

  @AfterEach
  void close() {
    gateway.close();
    refunds.close();
  }

  @Test
  void aModelThatTheCallerMayNotAskIsDeniedToTheCallee() {
    policy("{model: gpt-5, effect: deny}");
    Seen work = handedOn();

    String byTrace = ask("traceparent", work.header("traceparent"));
    String byToken = ask("x-steward-delegation", work.header("x-steward-delegation"));

    assertThat(byTrace).contains("on behalf of planner (planner → refunds)");
    assertThat(byToken).contains("on behalf of planner (planner → refunds)");
    assertThat(ask("x-steward-delegation", work.header("x-steward-delegation") + "x"))
        .contains("was not signed by this server");
    assertThat(ask("x-steward-run", "its-own")).as("by itself").contains("tool_calls");
    assertThat(gateway.provider().received()).hasSize(1);
  }

  @Test
  void aToolInTheCalleesProcessIsDeniedWhereTheCallerMayNotUseIt() {
    policy("{tool: local/note, effect: allow}");
    Seen work = handedOn();

    assertThat(ask("traceparent", work.header("traceparent")))
        .contains("on behalf of planner (planner → refunds)")
        .doesNotContain("tool_calls\":");
    assertThat(ask("x-steward-run", "its-own")).as("by itself").contains("\"call_1\"");

    policy("{tool: local/mail, effect: allow}");
    assertThat(ask("traceparent", work.header("traceparent"))).contains("\"call_1\"");
  }

  @Test
  void aToolThatPeopleMustAgreeToForTheCallerIsHeldForTheCallee() {
    policy("{tool: local/mail, effect: require_approval, fourEyes: false}");
    Seen work = handedOn();

    assertThat(ask("traceparent", work.header("traceparent"))).doesNotContain("\"call_1\"");
    String approval =
        gateway.server().json("/api/v1/approvals?status=pending").at("/items/0/id").asString();
    gateway.server().ask("/api/v1/approvals/" + approval, "{\"answer\":\"approve\"}");

    assertThat(ask("traceparent", work.header("traceparent"))).contains("\"call_1\"");
    assertThat(ask("traceparent", work.header("traceparent"))).doesNotContain("\"call_1\"");
  }

  /// What `refunds` got when `planner` asked it.
  private Seen handedOn() {
    String planner =
        gateway
            .server()
            .ask("/api/v1/keys", "{\"agent\":\"planner\",\"environment\":\"development\"}")
            .get("key")
            .asString();
    assertThat(gateway.postAs(planner, "/agents/refunds/x", "{}").statusCode()).isEqualTo(200);
    return refunds.seen().getLast();
  }

  private String ask(String header, String value) {
    return new String(
        GatewayServer.bytes(gateway.post("/v1/chat/completions", ASK, header, value)),
        StandardCharsets.UTF_8);
  }

  private void policy(String rule) {
    gateway
        .server()
        .apply(
            """
            apiVersion: steward/v1
            kind: Policy
            metadata: {name: narrow}
            spec: {agents: [planner], rules: [%s]}
            """
                .formatted(rule));
  }
}
