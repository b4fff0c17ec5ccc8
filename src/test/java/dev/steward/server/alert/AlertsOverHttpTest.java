// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.Yaml;
import dev.steward.server.TestServer;
import dev.steward.server.outbox.Receiver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// From what is found to who is told, on a whole server whose clock the test moves.
@Timeout(120)
class AlertsOverHttpTest {
  private static final Map<String, String> SETTINGS =
      Map.of("notices.look-every", "50ms", "notices.allowed-hosts", "localhost");

  @TempDir private Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private Receiver onCall;
  private Receiver managers;
  private TestServer server;

  @BeforeEach
  void open() throws IOException {
    onCall = new Receiver();
    managers = new Receiver();
    start();
    server.apply(Yaml.documents(Yaml.DANA, Yaml.agent("lookup")));
    server.apply(channel("on-call", onCall) + "---\n" + channel("managers", managers));
    server.apply(
        """
        apiVersion: steward/v1
        kind: AlertRule
        metadata: {name: stopped}
        spec:
          agents: [lookup]
          findings: {kinds: [killed]}
          routes: [on-call]
          escalate: {after: 30m, routes: [managers]}
          runbook: https://example.com/runbook
        """);
  }

  @AfterEach
  void close() {
    server.close();
    onCall.close();
    managers.close();
  }

  @Test
  void whoAcknowledgesIsNotPassedOverAndTheEndIsToldToo() throws InterruptedException {
    String kill = kill();
    JsonNode told = body(onCall);
    assertThat(told.path("type").asString()).isEqualTo("dev.steward.alert.firing");
    assertThat(told.path("data").path("stage").asString()).isEqualTo("first");
    assertThat(told.path("data").path("runbook").asString())
        .isEqualTo("https://example.com/runbook");
    String id = told.path("subject").asString();
    assertThat(told.path("data").path("url").asString()).endsWith("/alerts/" + id);

    JsonNode alert = server.json("/api/v1/alerts?status=firing").path("items").path(0);
    assertThat(alert.path("id").asString()).isEqualTo(id);
    assertThat(alert.path("next").path("stage").asString()).isEqualTo("escalation");
    JsonNode taken = server.ask("/api/v1/alerts/" + id + "/acknowledge", "{\"reason\":\"I look\"}");
    assertThat(taken.path("status").asString()).isEqualTo("acknowledged");
    assertThat(taken.path("next").isNull()).isTrue();
    assertThat(body(onCall).path("type").asString()).endsWith("alert.acknowledged");

    pass(Duration.ofHours(2));
    restore(kill);
    pass(Duration.ofMinutes(1));
    JsonNode over = body(onCall);
    assertThat(over.path("type").asString()).isEqualTo("dev.steward.alert.resolved");
    assertThat(managers.posted).isEmpty();
    assertThat(status(id)).isEqualTo("resolved");
    server.await(
        "all notices are delivered",
        () -> {
          JsonNode deliveries = server.json("/api/v1/alerts/" + id).path("deliveries");
          return deliveries.size() == 3
              && deliveries
                  .valueStream()
                  .allMatch(each -> each.path("status").asString().equals("delivered"));
        });
  }

  @Test
  void whereNobodyAnswersOthersAreToldAlsoOverARestart() throws InterruptedException {
    kill();
    String id = body(onCall).path("subject").asString();
    server.close();
    pass(Duration.ofMinutes(31));
    start();

    JsonNode escalated = body(managers);
    assertThat(escalated.path("subject").asString()).isEqualTo(id);
    assertThat(escalated.path("data").path("stage").asString()).isEqualTo("escalation");
    assertThat(escalated.path("data").path("title").asString()).contains("lookup");
    JsonNode alert = server.json("/api/v1/alerts/" + id);
    assertThat(alert.path("told")).hasSize(2);
    assertThat(onCall.posted).as("nobody is told twice").isEmpty();
  }

  @Test
  void aSilenceHidesFromChannelsAndNotFromPeople() throws InterruptedException {
    JsonNode silence =
        server.ask(
            "/api/v1/silences",
            "{\"agent\":\"lookup\",\"lasting\":\"1h\",\"reason\":\"a planned stop\"}");
    kill();
    server.await(
        "it is shown as silenced",
        () -> !server.json("/api/v1/alerts?status=silenced").path("items").isEmpty());
    JsonNode alert = server.json("/api/v1/alerts").path("items").path(0);
    assertThat(alert.path("silencedUntil").asString()).isEqualTo(silence.path("until").asString());
    assertThat(alert.path("next").path("at").asString())
        .isEqualTo(silence.path("until").asString());
    assertThat(onCall.posted).isEmpty();
    assertThat(server.json("/api/v1/silences").path("items").path(0).path("hides").asLong())
        .isEqualTo(1);

    assertThat(
            server
                .delete("/api/v1/silences/" + silence.path("id").asString() + "?reason=over")
                .statusCode())
        .isEqualTo(204);
    assertThat(body(onCall).path("type").asString()).endsWith("alert.firing");
  }

  @Test
  void aThresholdWithoutRunsSaysThatThereIsNotEnoughData() {
    server.apply(
        """
        apiVersion: steward/v1
        kind: AlertRule
        metadata: {name: errors}
        spec:
          agents: [lookup]
          threshold: {measure: errors, above: 0.1, window: 1h, runs: 20}
          routes: [on-call]
        """);
    JsonNode reading = server.json("/api/v1/thresholds").path("items").path(0);
    assertThat(reading.path("said").asString()).isEqualTo("not-enough-data");
    assertThat(reading.path("why").asString()).isEqualTo("0 of at least 20 runs");
    assertThat(reading.path("value").isNull()).isTrue();
  }

  private void start() {
    server = TestServer.open(folder, SETTINGS, now::get);
  }

  private void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  /// What was found is kept for some seconds, so that the clock must go on for it to be seen.
  private String kill() {
    String selector = "{\"selector\":{\"agent\":\"lookup\"},\"reason\":\"a drill\"}";
    String id = server.ask("/api/v1/kills", selector).path("id").asString();
    pass(Duration.ofSeconds(10));
    return id;
  }

  private void restore(String kill) {
    server.ask("/api/v1/kills/" + kill + "/restore", "{\"reason\":\"over\"}");
  }

  private String status(String id) {
    return server.json("/api/v1/alerts/" + id).path("status").asString();
  }

  private static JsonNode body(Receiver receiver) throws InterruptedException {
    return JsonMapper.shared().readTree(receiver.next().body());
  }

  private static String channel(String name, Receiver receiver) {
    return "apiVersion: steward/v1\nkind: Channel\nmetadata: {name: %s}\nspec: {type: webhook, url: \"%s\"}\n"
        .formatted(name, receiver.url());
  }
}
