// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server that stops answers the calls that it holds.
@Timeout(60)
class StoppedWhileHeldTest {
  private static final String CRM = "/mcp/crm";
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private McpServer mcp;

  @BeforeEach
  void start(@TempDir Path folder) {
    mcp = new McpServer(folder, Map.of("gateway.comment-after", "10m"));
  }

  @AfterEach
  void stop() {
    mcp.close();
    http.shutdownNow();
  }

  @Test
  void aCallThatWaitsForPeopleIsToldHowToAskAgain() throws Exception {
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: look-at-it}
        spec: {rules: [{tool: "crm/echo", effect: require_approval, fourEyes: false}]}
        """);
    CompletableFuture<HttpResponse<String>> held =
        call("\"name\":\"echo\",\"arguments\":{\"text\":\"x\"}");
    mcp.server.await(
        "it is held",
        () -> mcp.server.json("/api/v1/approvals?status=pending").path("items").size() == 1);

    mcp.server.close();

    HttpResponse<String> answer = held.get(30, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("a person must agree first")
        .contains("Make exactly the same call again");
  }

  @Test
  void aCallWhoseServerDoesNotAnswerIsTold() throws Exception {
    mcp.crm.mute = true;
    CompletableFuture<HttpResponse<String>> held =
        call("\"name\":\"echo\",\"arguments\":{\"text\":\"x\"}");
    assertThat(mcp.crm.waiting.await(30, TimeUnit.SECONDS)).isTrue();

    mcp.server.close();

    HttpResponse<String> answer = held.get(30, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("The gateway has ended this call").contains("\"id\":5");
  }

  @Test
  void ofACallWithEffectsItIsToldThatNobodyKnows() throws Exception {
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: ToolServer
        metadata: {name: crm}
        spec:
          owner: dana@example.com
          url: "%s"
          secret: crm-token
          tools: [{name: echo, description: The tool echo., effect: write, inputSchema: {type: object}}]
        """
            .formatted(mcp.crm.url()));
    mcp.crm.mute = true;
    CompletableFuture<HttpResponse<String>> held =
        call("\"name\":\"echo\",\"arguments\":{\"text\":\"x\"}");
    assertThat(mcp.crm.waiting.await(30, TimeUnit.SECONDS)).isTrue();

    mcp.server.close();

    assertThat(held.get(30, TimeUnit.SECONDS).body())
        .contains("nobody knows whether it took effect")
        .doesNotContain("ask again.");
  }

  @Test
  void aCallWhoseSessionIsEndedIsTold() throws Exception {
    mcp.crm.mute = true;
    String session = mcp.session(CRM);
    CompletableFuture<HttpResponse<String>> held =
        send(
            mcp.legacy(
                CRM, session, "tools/call", "\"name\":\"echo\",\"arguments\":{\"text\":\"x\"}"));
    assertThat(mcp.crm.waiting.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(
            send(mcp.request(CRM, "Mcp-Session-Id", session).DELETE().build()).get().statusCode())
        .isEqualTo(204);

    HttpResponse<String> answer = held.get(30, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("The gateway has ended this call").contains("\"id\":5");
  }

  @Test
  void aModernCallIsToldToo() throws Exception {
    mcp.crm.mute = true;
    CompletableFuture<HttpResponse<String>> held =
        send(mcp.modern(CRM, "tools/call", "\"name\":\"echo\",\"arguments\":{\"text\":\"x\"}"));
    assertThat(mcp.crm.waiting.await(30, TimeUnit.SECONDS)).isTrue();

    mcp.server.close();

    HttpResponse<String> answer = held.get(30, TimeUnit.SECONDS);
    assertThat(answer.body()).contains("The gateway has ended this call").contains("\"id\":5");
  }

  private CompletableFuture<HttpResponse<String>> call(String params) {
    return send(mcp.legacy(CRM, mcp.session(CRM), "tools/call", params));
  }

  private CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
    return http.sendAsync(request, BodyHandlers.ofString());
  }
}
