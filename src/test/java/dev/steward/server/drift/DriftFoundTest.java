// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import dev.steward.server.client.ExitCode;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// From spans that an agent sends to the alarm that people read, on a whole server.
class DriftFoundTest {
  private static final Map<String, String> SETTINGS =
      Map.of("drift.baseline-runs", "200", "drift.look-every", "100ms", "drift.settle", "1s");
  private static final String DRIFT = "/api/v1/drift?agent=refunds";

  /// Ten minutes between runs, so that all of them lie in the past.
  private final Instant start = Instant.now().minusSeconds(600L * 1_000);

  @TempDir private Path folder;
  private TestServer server;
  private int runs;

  @BeforeEach
  void open() {
    server = TestServer.open(folder, SETTINGS);
    server.apply(Yaml.fleet());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void whatAnAgentSendsBecomesABaselineAndThenAnAlarmThatARestartDoesNotRepeat() {
    play(200, 2);
    server.await(
        "a baseline is learnt",
        () -> !item().path("baseline").isMissingNode() && !item().path("baseline").isNull());
    assertThat(item().path("baseline").path("runs").asInt()).isEqualTo(200);
    Instant changed = at(runs).plusSeconds(5);
    play(300, 20);
    server.await("the drift is found", () -> !item().path("alarms").isEmpty());

    JsonNode alarm = item().path("alarms").path(0);
    assertThat(alarm.path("trait").asString()).isEqualTo("success");
    assertThat(alarm.path("direction").asString()).isEqualTo("up");
    JsonNode evidence = alarm.path("evidence");
    assertThat(changed)
        .isBetween(
            Instant.parse(evidence.path("earliest").asString()),
            Instant.parse(evidence.path("latest").asString()).plusSeconds(600));
    assertThat(server.get("/api/v1/findings").body()).contains("no longer does what it did");
    String compared = evidence.path("examplesSince").path(0).asString();
    assertThat(server.json("/api/v1/runs/" + compared).path("outcome").asString())
        .isEqualTo("success");

    JsonNode incident =
        server.ask(
            "/api/v1/incidents",
            "{\"title\":\"Drift\",\"severity\":\"minor\",\"cause\":\"%s\",\"reason\":\"seen\"}"
                .formatted(alarm.path("id").asString()));
    assertThat(incident.path("began")).isEqualTo(alarm.path("began"));
    assertThat(incident.path("agents").path(0).path("agent").asString()).isEqualTo("refunds");
    String story = "/api/v1/incidents/" + incident.path("id").asString();
    assertThat(server.get(story + "/report").body())
        .contains("Drift was found: runs that succeed rose from ", "evidence with digest ")
        .contains("It probably began " + alarm.path("began").asString())
        .contains("What caused it cannot be told");
    assertThat(server.get(story + "/timeline").body()).contains("success went up");

    server.close();
    server = TestServer.open(folder, SETTINGS);
    server.await("it is looked at again", () -> !item().isMissingNode());
    assertThat(item().path("alarms")).hasSize(1);
    assertThat(item().path("alarms").path(0).path("id")).isEqualTo(alarm.path("id"));

    Terminal terminal = new Terminal();
    assertThat(
            terminal.run(
                "drift",
                "--drifted",
                "--server",
                server.uri("/").toString(),
                "--token",
                server.token()))
        .isEqualTo(ExitCode.DONE);
    assertThat(terminal.said())
        .contains("drifted")
        .contains("runs that succeed rose from ")
        .contains("steward drift close " + alarm.path("id").asString());
  }

  @Test
  void tooFewRunsSayThatThereIsNotEnoughData() {
    play(20, 2);
    server.await("its runs are known", () -> item().path("runs").asInt() == 20);
    assertThat(item().path("baseline").isNull()).isTrue();
    assertThat(item().path("traits")).isEmpty();
    Terminal terminal = new Terminal();
    terminal.run("drift", "--server", server.uri("/").toString(), "--token", server.token());
    assertThat(terminal.said()).contains("not enough data");
  }

  @Test
  void whoMayNotReadTheAgentIsToldOfNone() {
    play(20, 2);
    server.await("its runs are known", () -> item().path("runs").asInt() == 20);
    String token =
        server
            .ask(
                "/api/v1/tokens",
                "{\"purpose\":\"test\",\"grants\":[{\"role\":\"viewer\",\"agents\":[\"research\"]}]}")
            .path("token")
            .asString();
    HttpRequest asked =
        HttpRequest.newBuilder(server.uri(DRIFT))
            .header("Authorization", "Bearer " + token)
            .build();
    assertThat(server.send(asked).body()).isEqualTo("{\"items\":[]}");
  }

  private JsonNode item() {
    return server.json(DRIFT).path("items").path(0);
  }

  private Instant at(int run) {
    return start.plusSeconds(600L * run);
  }

  /// Runs of which every n-th fails.
  private void play(int count, int failing) {
    List<Span.Builder> spans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      spans.add(run(runs++, i % failing == 0 ? "failure" : "success"));
    }
    Otlp.send(server, Otlp.request(spans));
  }

  private Span.Builder run(int number, String outcome) {
    long nanos = at(number).toEpochMilli() * 1_000_000L;
    Span.Builder span =
        Otlp.span(1_000 + number, 1, 0, "invoke_agent refunds")
            .setStartTimeUnixNano(nanos)
            .setEndTimeUnixNano(nanos + 5_000_000_000L)
            .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
            .addAttributes(Otlp.text("gen_ai.agent.name", "refunds"));
    span.addEventsBuilder()
        .setName("gen_ai.evaluation.result")
        .setTimeUnixNano(nanos + 5_000_000_000L)
        .addAttributes(Otlp.text("gen_ai.evaluation.name", "outcome"))
        .addAttributes(Otlp.text("gen_ai.evaluation.score.label", outcome));
    return span;
  }
}
