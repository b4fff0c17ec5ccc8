// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import dev.steward.server.client.ExitCode;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// From spans that an agent sends to its windows, on a whole server with its real stores.
class SignalsOverHttpTest {
  private static final Map<String, String> SETTINGS = Map.of("drift.look-every", "100ms");
  private static final String ERROR = "{\"error\":\"no such order\"}";

  /// A whole hour that is over.
  private final Instant hour = Instant.now().minusSeconds(7_200).truncatedTo(ChronoUnit.HOURS);

  private final String asked =
      "/api/v1/agents/refunds/signals?window=hour&from=" + hour + "&to=" + hour.plusSeconds(7_200);

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void open() {
    server = TestServer.open(folder, SETTINGS);
    server.apply(
        Yaml.fleet()
            .replaceFirst(
                "risk: high", "risk: high\n  value: {success: 4.00 USD, failure: -1 USD}"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aRestartFindsAllWindowsTheSame() throws Exception {
    playAll();
    JsonNode before = answered();
    assertThat(before.path("windows")).hasSize(2);

    server.close();
    server = TestServer.open(folder, SETTINGS);
    server.await("all runs are read again", () -> runs(6));
    assertThat(answered()).isEqualTo(before);

    server.close();
    // What was read of spans may be lost with the machine: it is read again.
    for (String name : List.of("run-readings.jsonl", "run-readings.jsonl.old")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    server = TestServer.open(folder, SETTINGS);
    server.await("all runs are read from their spans", () -> runs(6));
    assertThat(answered()).isEqualTo(before);
  }

  @Test
  void eachFigureIsThatOfTheRuns() {
    playAll();
    JsonNode total = answered().path("total");
    assertThat(total.path("runs").asInt()).isEqualTo(6);
    assertThat(total.path("success").path("count").asInt()).isEqualTo(4);
    assertThat(total.path("success").path("of").asInt()).isEqualTo(6);
    assertThat(total.path("cost").path("amount").asString()).isEqualTo("3");
    assertThat(total.path("cost").path("known").asBoolean()).isTrue();
    assertThat(total.path("perRun").path("amount").asString()).isEqualTo("0.5");
    assertThat(total.path("perSuccess").path("amount").asDouble()).isEqualTo(0.75);
    assertThat(total.path("perSuccess").path("low").asDouble()).isBetween(0.4, 0.75);
    assertThat(total.path("wasted").toString())
        .isEqualTo(
            "[{\"why\":\"failed\",\"cost\":{\"amount\":\"1\",\"currency\":\"USD\",\"known\":true}}]");
    assertThat(total.path("value").path("amount").asString()).isEqualTo("14");
    assertThat(total.path("net").path("amount").asString()).isEqualTo("11");
    assertThat(total.path("tools").path("calls").asInt()).isEqualTo(6);
    assertThat(total.path("tools").path("p50Millis").asInt()).isBetween(900, 1_100);
    assertThat(total.path("ungrounded").path("count").asInt()).isEqualTo(1);
    assertThat(total.path("ungrounded").path("of").asInt()).isEqualTo(6);
    assertThat(total.path("silentFailures").path("count").asInt()).isEqualTo(1);
  }

  @Test
  void anOutcomeThatIsToldLateCountsInTheWindowOfItsRun() {
    play(1, hour, "", "Order 4711 is paid.", "{\"order\":4711}");
    server.await("the run is read", () -> runs(1));
    assertThat(answered().path("total").path("success").isNull()).isTrue();
    assertThat(answered().path("total").path("perSuccess").path("why").asString())
        .isEqualTo("of no task is it known whether it succeeded");

    server.ask(
        "/api/v1/runs/" + Otlp.trace(1) + "/outcome", "{\"label\":\"success\",\"who\":\"dana\"}");
    server.await(
        "the outcome counts",
        () -> answered().path("windows").path(0).path("figures").path("success").isObject());
    assertThat(answered().path("windows").path(0).path("from").asString())
        .isEqualTo(hour.toString());
  }

  @Test
  void aRunSaysWhatHasNoSourceAndWhichErrorItPassedOver() {
    play(1, hour, "success", "Order 4712 is paid.", "{\"order\":4711}");
    play(2, hour, "success", "All is well.", ERROR);
    server.await("both are read", () -> runs(2));
    JsonNode first = server.json("/api/v1/runs/" + Otlp.trace(1) + "/signals");
    assertThat(first.path("groundedness").path("claims").asInt()).isEqualTo(1);
    assertThat(first.path("groundedness").path("listed").path(0).path("words").asString())
        .isEqualTo("4712");
    assertThat(first.path("groundedness").path("listed").path(0).path("spanId").asString())
        .isEqualTo(Otlp.spanId(4));
    JsonNode second = server.json("/api/v1/runs/" + Otlp.trace(2) + "/signals");
    assertThat(second.path("silentFailures").path("listed").path(0).path("spanId").asString())
        .isEqualTo(Otlp.spanId(3));
    assertThat(second.path("silentFailures").path("listed").path(0).path("error").asString())
        .isEqualTo("error: no such order");

    String viewer = token("viewer", "refunds");
    JsonNode hidden = json("/api/v1/runs/" + Otlp.trace(1) + "/signals", viewer);
    assertThat(hidden.path("groundedness").path("ungrounded").asInt()).isEqualTo(1);
    assertThat(hidden.path("groundedness").path("listed").path(0).path("words").isNull()).isTrue();
  }

  @Test
  void whatWasNotCapturedIsUnknownAndNeverZero() {
    Otlp.send(server, Otlp.run(9, "refunds"));
    JsonNode total = awaited("/api/v1/agents/refunds/signals", answer -> answer.path("total"), 1);
    assertThat(total.path("ungrounded").isNull()).isTrue();
    assertThat(total.path("answersUnknown").asInt()).isEqualTo(1);
    assertThat(total.path("silentFailures").isNull()).isTrue();
    assertThat(total.path("resultsUnknown").asInt()).isEqualTo(1);
    assertThat(total.path("success").isNull()).isTrue();
    JsonNode run = server.json("/api/v1/runs/" + Otlp.trace(9) + "/signals");
    assertThat(run.path("groundedness").path("known").asBoolean()).isFalse();
    assertThat(run.path("groundedness").path("claims").isNull()).isTrue();
    assertThat(run.path("silentFailures").path("why").asString()).isNotEmpty();
  }

  @Test
  void whoMayNotSeeTheAgentFindsNoneAndAWrongQuestionIsRefused() {
    play(1, hour, "success", "Fine.", "{}");
    server.await("the run is read", () -> runs(1));
    assertThat(status(asked, token("viewer", "research"))).isEqualTo(404);
    assertThat(server.get("/api/v1/agents/refund/signals").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/agents/refunds/signals?window=week").statusCode())
        .isEqualTo(400);
    assertThat(
            server.get("/api/v1/agents/refunds/signals?window=hour&from=2020-01-01").statusCode())
        .isEqualTo(400);
    assertThat(server.json(asked + "&environment=nowhere").path("windows")).isEmpty();
  }

  @Test
  void theCommandShowsTheSame() {
    playAll();
    Terminal terminal = new Terminal();
    assertThat(
            terminal.run(
                "signals",
                "refunds",
                "--window",
                "hour",
                "--from",
                hour.toString(),
                "--server",
                server.uri("/").toString(),
                "--token",
                server.token()))
        .isEqualTo(ExitCode.DONE);
    assertThat(terminal.said())
        .contains("PER SUCCESS", "0.75 (0.5–1.5) USD", "failed 1 USD", "66.7 % (")
        .contains("value 14 USD, cost 3 USD, net 11 USD");
  }

  private void playAll() {
    for (int i = 1; i <= 6; i++) {
      Instant at = i < 4 ? hour : hour.plusSeconds(3_600);
      boolean wrong = i == 2;
      play(
          i,
          at.plusSeconds(i),
          i % 3 == 0 ? "failure" : "success",
          wrong ? "Order 9999 is paid." : "Order 4711 is paid.",
          i == 5 ? ERROR.replace("}", ",\"order\":4711}") : "{\"order\":4711}");
    }
    server.await("all runs are read", () -> runs(6));
  }

  private void play(int run, Instant at, String outcome, String answer, String result) {
    List<Span.Builder> spans = new ArrayList<>();
    Span.Builder root =
        span(run, 1, 0, "invoke_agent", at, 0, 10)
            .addAttributes(Otlp.text("gen_ai.agent.name", "refunds"));
    if (!outcome.isEmpty()) {
      root.addEventsBuilder()
          .setName("gen_ai.evaluation.result")
          .setTimeUnixNano(root.getEndTimeUnixNano())
          .addAttributes(Otlp.text("gen_ai.evaluation.name", "outcome"))
          .addAttributes(Otlp.text("gen_ai.evaluation.score.label", outcome));
    }
    spans.add(root);
    spans.add(
        span(run, 2, 1, "chat", at, 1, 1)
            .addAttributes(Otlp.text("gen_ai.usage.cost", "0.25"))
            .addAttributes(Otlp.text("gen_ai.input.messages", said("user", "Pay my order.")))
            .addAttributes(
                Otlp.text(
                    "gen_ai.output.messages",
                    "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"c1\","
                        + "\"name\":\"look\",\"arguments\":{}}]}]")));
    spans.add(
        span(run, 3, 1, "execute_tool", at, 3, 1)
            .addAttributes(Otlp.text("gen_ai.tool.name", "look"))
            .addAttributes(Otlp.text("gen_ai.tool.call.id", "c1"))
            .addAttributes(Otlp.text("gen_ai.tool.call.result", result)));
    spans.add(
        span(run, 4, 1, "chat", at, 5, 1)
            .addAttributes(Otlp.text("gen_ai.usage.cost", "0.25"))
            .addAttributes(Otlp.text("gen_ai.input.messages", said("user", "Pay my order.")))
            .addAttributes(Otlp.text("gen_ai.output.messages", said("assistant", answer))));
    Otlp.send(server, Otlp.request(spans));
  }

  private static Span.Builder span(
      int run, int id, int parent, String operation, Instant at, int from, int seconds) {
    long start = (at.getEpochSecond() + from) * 1_000_000_000L;
    return Otlp.span(run, id, parent, operation)
        .setStartTimeUnixNano(start)
        .setEndTimeUnixNano(start + seconds * 1_000_000_000L)
        .addAttributes(Otlp.text("gen_ai.operation.name", operation));
  }

  private static String said(String role, String text) {
    return "[{\"role\":\"%s\",\"parts\":[{\"type\":\"text\",\"content\":\"%s\"}]}]"
        .formatted(role, text);
  }

  private boolean runs(int count) {
    return answered().path("total").path("runs").asInt() == count;
  }

  private JsonNode answered() {
    return server.json(asked);
  }

  private JsonNode awaited(String path, java.util.function.UnaryOperator<JsonNode> part, int runs) {
    server.await(
        "the runs are read", () -> part.apply(server.json(path)).path("runs").asInt() == runs);
    return part.apply(server.json(path));
  }

  private String token(String role, String agent) {
    return server
        .ask(
            "/api/v1/tokens",
            "{\"purpose\":\"test\",\"grants\":[{\"role\":\"%s\",\"agents\":[\"%s\"]}]}"
                .formatted(role, agent))
        .path("token")
        .asString();
  }

  private JsonNode json(String path, String token) {
    return tools.jackson.databind.json.JsonMapper.shared().readTree(sent(path, token).body());
  }

  private int status(String path, String token) {
    return sent(path, token).statusCode();
  }

  private HttpResponse<String> sent(String path, String token) {
    return server.send(
        HttpRequest.newBuilder(server.uri(path))
            .header("Authorization", "Bearer " + token)
            .build());
  }
}
