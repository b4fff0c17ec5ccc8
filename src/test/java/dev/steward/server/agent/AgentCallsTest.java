// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.agent.AgentServer.Text;
import dev.steward.server.agent.ScriptedAgent.Seen;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Calls of agents over plain HTTP, before real processes.
@Timeout(60)
class AgentCallsTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  @TempDir Path folder;
  private AgentServer agents;
  private String planner = "";

  @BeforeEach
  void open() {
    agents = new AgentServer(folder);
    planner = agents.key("planner");
  }

  @AfterEach
  void close() {
    agents.close();
  }

  @Test
  void passesOnMethodPathQueryHeadersAndBody() {
    agents.worker.answers((exchange, body) -> {
      exchange.getResponseHeaders().add("X-Mine", "kept");
      ScriptedAgent.text(exchange, 207, "done: " + body);
    });

    Text answer =
        text(
            agents.send(
                planner,
                "PATCH",
                "/agents/worker/orders/a%20b?x=1&y=%2F",
                BodyPublishers.ofString("{\"a\":1}"),
                "X-Theirs",
                "kept",
                "Content-Type",
                "application/json",
                "traceparent",
                PARENT));

    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.body()).isEqualTo("done: {\"a\":1}");
    assertThat(answer.header("X-Mine")).isEqualTo("kept");
    assertThat(answer.header("x-steward-run")).isEqualTo(TRACE);
    assertThat(answer.header("x-steward-version")).hasSize(12);
    Seen seen = agents.worker.seen().getFirst();
    assertThat(seen.method()).isEqualTo("PATCH");
    assertThat(seen.uri()).isEqualTo("/base/orders/a%20b?x=1&y=%2F");
    assertThat(seen.body()).isEqualTo("{\"a\":1}");
    assertThat(seen.header("X-Theirs")).isEqualTo("kept");
    assertThat(seen.header("Content-Type")).isEqualTo("application/json");
    assertThat(seen.header("Authorization")).isEmpty();
    assertThat(seen.header("traceparent")).startsWith("00-" + TRACE).doesNotContain("00f067aa");
    assertThat(seen.header("x-steward-version")).isEqualTo(answer.header("x-steward-version"));
  }

  @Test
  void presentsTheSecretOfTheEndpointAndNotTheCallersKey() {
    agents.server.send(
        agents
            .server
            .request("/api/v1/secrets/worker-token")
            .header("Content-Type", "text/plain")
            .PUT(BodyPublishers.ofString("s3cret-of-worker"))
            .build());
    agents.server.apply(
        AgentServer.agent(
            "worker",
            "code: {endpoint: {url: \"" + agents.worker.url() + "\", secret: worker-token}}"));

    assertThat(agents.get(planner, "/agents/worker/").status()).isEqualTo(200);

    assertThat(agents.worker.seen().getFirst().header("Authorization"))
        .isEqualTo("Bearer s3cret-of-worker");
  }

  @Test
  void streamsEventsAsTheyCome() throws IOException {
    CountDownLatch go = new CountDownLatch(1);
    agents.worker.answers((exchange, body) -> {
      exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      go.await();
      exchange.getResponseBody().write("data: two\n\n".getBytes(StandardCharsets.UTF_8));
    });

    HttpResponse<InputStream> answer =
        agents.send(planner, "POST", "/agents/worker/ask", BodyPublishers.ofString("x"));

    assertThat(new String(answer.body().readNBytes(11), StandardCharsets.UTF_8))
        .isEqualTo("data: one\n\n");
    go.countDown();
    assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("data: two\n\n");
  }

  @Test
  void streamsARequestWhileItComes() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    try (ServerSocket process = new ServerSocket(0)) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket gateway = process.accept()) {
              until(gateway, "3\r\none\r\n");
              first.countDown();
              until(gateway, "3\r\ntwo\r\n0\r\n\r\n");
              gateway
                  .getOutputStream()
                  .write(
                      "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\none|two"
                          .getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      agents.server.apply(
          AgentServer.agent(
              "worker",
              "code: {endpoint: {url: \"http://127.0.0.1:" + process.getLocalPort() + "\"}}"));
      assertThat(inTwoParts(first)).startsWith("HTTP/1.1 200").endsWith("one|two");
    }
  }

  /// What a client is answered that sends the second part of its body when the first has arrived.
  private String inTwoParts(CountDownLatch first) throws Exception {
    URI at = agents.server.uri("/agents/worker");

    try (Socket client = new Socket(at.getHost(), at.getPort())) {
      OutputStream out = client.getOutputStream();
      String head =
          "POST /agents/worker HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + planner
              + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\none\r\n";
      out.write(head.getBytes(StandardCharsets.UTF_8));
      out.flush();
      assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
      out.write("3\r\ntwo\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      out.flush();

      return until(client, "one|two");
    }
  }

  private static String until(Socket from, String text) throws IOException {
    StringBuilder read = new StringBuilder();
    from.setSoTimeout(20_000);
    while (read.indexOf(text) < 0) {
      read.append((char) from.getInputStream().read());
    }
    return read.toString();
  }

  @Test
  void refusesWhoIsNobodyAndWhoMayNot() {
    agents.server.apply(
        AgentServer.agent("stranger", "orchestration: {delegates: [spare, nobody]}"));
    String stranger = agents.key("stranger");

    assertThat(agents.post("", "/agents/worker/x", "{}").status()).isEqualTo(401);
    assertThat(agents.post("sk-steward-wrong", "/agents/worker/x", "{}").status()).isEqualTo(401);
    assertThat(agents.post(stranger, "/agents/worker/x", "{}").body())
        .contains("stranger does not delegate to worker", "orchestration.delegates");
    assertThat(agents.post(stranger, "/agents/spare/x", "{}").body())
        .contains("Policy denies stranger to ask spare");
    assertThat(agents.post(planner, "/agents/worker/a/../b", "{}").status()).isEqualTo(400);
    assertThat(agents.worker.seen()).isEmpty();
    assertThat(agents.spare.seen()).isEmpty();
  }

  @Test
  void anAgentsOwnKeyIsTheWayInFromOutside() {
    assertThat(agents.post(agents.key("worker"), "/agents/worker/x", "{}").body())
        .isEqualTo("hello");

    assertThat(agents.worker.seen().getFirst().header("x-steward-delegation")).isEmpty();
    assertThat(agents.post(agents.key("stranger"), "/agents/stranger", "{}").body())
        .contains("declares no 'code.endpoint'");
  }

  @Test
  void pagesOfTheConsoleStayWhereTheyAre() {
    assertThat(agents.server.get("/agents/worker").body()).contains("<html");
    assertThat(agents.server.get("/agents/worker/versions").statusCode()).isLessThan(400);
    assertThat(
            agents
                .send("", "GET", "/agents/worker", BodyPublishers.noBody(), "Accept", "text/html")
                .statusCode())
        .isEqualTo(303);
    assertThat(agents.worker.seen()).isEmpty();
  }

  @Test
  void aKillCutsACallOfEitherAgent() throws Exception {
    for (String killed : new String[] {"planner", "worker"}) {
      CountDownLatch never = new CountDownLatch(1);
      agents.worker.answers((exchange, body) -> {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        never.await();
      });
      HttpResponse<InputStream> answer =
          agents.send(planner, "POST", "/agents/worker/ask", BodyPublishers.ofString("x"));
      answer.body().readNBytes(11);

      JsonNode kill =
          agents.server.ask(
              "/api/v1/kills",
              "{\"selector\":{\"agent\":\"" + killed + "\"},\"reason\":\"it is on fire\"}");

      assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
          .contains("event: error", "it is on fire");
      assertThat(agents.post(planner, "/agents/worker/ask", "x").body()).contains("it is on fire");
      never.countDown();
      agents.server.ask(
          "/api/v1/kills/" + kill.get("id").asString() + "/restore", "{\"reason\":\"put out\"}");
    }
  }

  private static Text text(HttpResponse<InputStream> answer) {
    return AgentServer.text(answer);
  }
}
