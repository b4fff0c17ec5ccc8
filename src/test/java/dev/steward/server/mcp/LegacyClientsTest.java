// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.rpc.RpcJson;
import dev.steward.server.model.ScriptedProvider.Received;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LegacyClientsTest {
  private static final String CRM = "/mcp/crm";
  private static final String ECHO = "\"name\":\"echo\",\"arguments\":{\"text\":\"hello\"}";
  private static final String WAIT = "\"name\":\"wait\",\"arguments\":{}";

  private McpServer mcp;
  private String session;

  @BeforeEach
  void start(@TempDir Path folder) {
    mcp = new McpServer(folder);
    session = mcp.session(CRM);
  }

  @AfterEach
  void stop() {
    mcp.close();
  }

  @Test
  void aSessionListsCallsAndEnds() {
    JsonNode tools =
        McpServer.json(mcp.send(mcp.legacy(CRM, session, "tools/list", "")))
            .path("result")
            .path("tools");
    assertThat(tools)
        .extracting(t -> t.path("name").asString())
        .containsExactly("echo", "wait", "ask");

    JsonNode result =
        McpServer.json(mcp.send(mcp.legacy(CRM, session, "tools/call", ECHO))).path("result");
    assertThat(result.path("content").path(0).path("text").asString()).isEqualTo("hello");
    assertThat(result.has("resultType")).isFalse();
    Received seen = mcp.crm.last("tools/call");
    assertThat(seen.headers()).containsEntry("mcp-session-id", "upstream-session");
    assertThat(seen.headers()).containsEntry("authorization", "Bearer the-servers-own");

    assertThat(mcp.send(request(session).DELETE().build()).statusCode()).isEqualTo(204);
    assertThat(mcp.crm.received()).anyMatch(r -> r.method().equals("DELETE"));
    assertThat(mcp.send(mcp.legacy(CRM, session, "tools/call", ECHO)).statusCode()).isEqualTo(404);
  }

  @Test
  void withoutASessionNothingGoes() {
    String list = "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/list\"}";
    assertThat(mcp.post(CRM, list).statusCode()).isEqualTo(400);
    assertThat(mcp.post(CRM, list, "Mcp-Session-Id", "none").statusCode()).isEqualTo(404);
    assertThat(mcp.send(mcp.request(CRM).GET().build()).statusCode()).isEqualTo(400);
  }

  @Test
  void aSessionIsItsOwnersAlone() {
    HttpRequest stolen =
        mcp.request(
                CRM, "Mcp-Session-Id", session, "Authorization", "Bearer " + mcp.key("stranger"))
            .POST(
                BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/list\"}"))
            .build();
    assertThat(mcp.send(stolen).statusCode()).isEqualTo(404);
    assertThat(mcp.send(mcp.legacy(CRM, session, "tools/list", "")).statusCode()).isEqualTo(200);
  }

  @Test
  void aBrokenStreamIsReadOn() throws InterruptedException {
    HttpResponse<Stream<String>> response = mcp.open(mcp.legacy(CRM, session, "tools/call", WAIT));
    Iterator<String> lines = response.body().iterator();
    String last = "";
    String data = "";
    while (!data.contains("notifications/progress")) {
      String line = lines.next();
      last = line.startsWith("id: ") ? line.substring(4) : last;
      data = line.startsWith("data: ") ? line.substring(6) : data;
    }
    response.body().close();
    mcp.crm.go.countDown();

    HttpResponse<String> rest =
        mcp.send(request(session).setHeader("Last-Event-ID", last).GET().build());

    assertThat(rest.statusCode()).isEqualTo(200);
    assertThat(rest.body()).contains("waited").doesNotContain("notifications/progress");
  }

  @Test
  void anUnknownEventIsRefused() {
    for (String id : new String[] {"7-1", "x", "0-99"}) {
      HttpResponse<String> response =
          mcp.send(request(session).setHeader("Last-Event-ID", id).GET().build());
      assertThat(response.statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aServersAnswerThatBreaksOffIsReadOn() {
    mcp.crm.breaksOff = true;
    mcp.crm.go.countDown();

    String heard = mcp.send(mcp.legacy(CRM, session, "tools/call", WAIT)).body();
    // Each time it may be closed before there is more; a client then asks again from where it was.
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!heard.contains("went on") && System.nanoTime() < until) {
      String last =
          heard
              .lines()
              .filter(line -> line.startsWith("id: "))
              .reduce("", (_, line) -> line.substring(4));
      heard += mcp.send(request(session).setHeader("Last-Event-ID", last).GET().build()).body();
    }

    assertThat(heard).contains("went on");
    assertThat(mcp.crm.received()).anyMatch(r -> "1".equals(r.headers().get("last-event-id")));
  }

  @Test
  void aServerAsksItsClient() {
    HttpResponse<Stream<String>> response =
        mcp.open(mcp.legacy(CRM, session, "tools/call", "\"name\":\"ask\",\"arguments\":{}"));
    Iterator<String> lines = response.body().iterator();
    JsonNode question = RpcJson.read(ModernClientsTest.next(lines));
    assertThat(question.path("method").asString()).isEqualTo("elicitation/create");

    HttpResponse<String> taken = tell(answer(question.path("id").toString()));
    assertThat(taken.statusCode()).isEqualTo(202);

    assertThat(ModernClientsTest.next(lines)).contains("7 accept");
    assertThat(tell(answer(question.path("id").toString())).statusCode()).isEqualTo(400);
  }

  @Test
  void aCancelledRequestEndsWithoutAResponse() throws InterruptedException {
    HttpResponse<Stream<String>> response = mcp.open(mcp.legacy(CRM, session, "tools/call", WAIT));
    mcp.crm.waiting.await();

    String cancel =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":5}}";
    assertThat(tell(cancel).statusCode()).isEqualTo(202);

    assertThat(response.body().toList()).noneMatch(line -> line.contains("\"result\""));
    JsonNode told = mcp.crm.told.poll(30, TimeUnit.SECONDS);
    assertThat(told).isNotNull();
    assertThat(told.path("params").path("requestId").asInt()).isEqualTo(5);
  }

  @Test
  void whatAServerSaysOfItsOwnAccordIsHeard() {
    HttpResponse<Stream<String>> response = openGet();
    mcp.crm.say("notifications/tools/list_changed");

    assertThat(ModernClientsTest.next(response.body().iterator()))
        .contains("notifications/tools/list_changed");
    response.body().close();
  }

  @Test
  void aServerThatIsDownIsAnError() {
    mcp.crm.down = true;

    HttpResponse<String> response = mcp.send(mcp.legacy(CRM, session, "resources/list", ""));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(McpServer.json(response).path("error").path("code").asInt()).isEqualTo(-32603);
    HttpResponse<String> modern = mcp.send(mcp.modern(CRM, "resources/list", ""));
    assertThat(modern.statusCode()).isEqualTo(502);
    assertThat(McpServer.json(modern).path("error").path("code").asInt()).isEqualTo(-32603);
    assertThat(modern.body()).contains("crm").doesNotContain("the-servers-own");
  }

  @Test
  void aServerThatIsDeclaredElsewhereBeginsAnew() {
    mcp.moveCrmTo(mcp.desk);

    assertThat(mcp.send(mcp.legacy(CRM, session, "tools/call", ECHO)).statusCode()).isEqualTo(404);
    String next = mcp.session(CRM);
    assertThat(mcp.send(mcp.legacy(CRM, next, "tools/call", ECHO)).body()).contains("hello");
    assertThat(mcp.desk.last("tools/call").headers())
        .containsEntry("authorization", "Bearer the-servers-own");
  }

  @Test
  void aKillEndsWhatIsOpenAndRefusesWhatComes() {
    HttpResponse<Stream<String>> heard = openGet();
    HttpResponse<Stream<String>> call = mcp.open(mcp.legacy(CRM, session, "tools/call", WAIT));
    assertThat(ModernClientsTest.next(call.body().iterator())).contains("progress");

    mcp.server.ask("/api/v1/kills", "{\"selector\":{\"agent\":\"helper\"},\"reason\":\"enough\"}");

    assertThat(heard.body().toList()).isNotNull();
    JsonNode error =
        McpServer.json(mcp.send(mcp.legacy(CRM, session, "resources/list", ""))).path("error");
    assertThat(error.path("code").asInt()).isEqualTo(4030);
    assertThat(error.path("message").asString()).contains("enough");
    assertThat(mcp.send(mcp.legacy(CRM, session, "tools/call", ECHO)).body())
        .contains("isError")
        .contains("enough");
  }

  private HttpResponse<Stream<String>> openGet() {
    return mcp.open(request(session).GET().build());
  }

  private HttpResponse<String> tell(String message) {
    return mcp.send(request(session).POST(BodyPublishers.ofString(message)).build());
  }

  private HttpRequest.Builder request(String of) {
    return mcp.request(CRM, "Mcp-Session-Id", of, "MCP-Protocol-Version", "2025-11-25");
  }

  private static String answer(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"action\":\"accept\"}}";
  }
}
