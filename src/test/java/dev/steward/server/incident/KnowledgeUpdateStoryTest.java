// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import dev.steward.server.client.ExitCode;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The story that Steward is for: a claims agent's knowledge was updated, by a canary too short to
/// see what that does. Approvals creep from 85 to 91 of a hundred. It is found, the update is named
/// as the likeliest cause, one command brings back what was, and the report of it proves itself.
class KnowledgeUpdateStoryTest {
  private static final Map<String, String> SETTINGS =
      Map.of("drift.look-every", "100ms", "drift.settle", "1s");
  private static final int LEARNT = 2_000;
  private static final int SINCE = 2_000;

  /// Runs come one every four minutes.
  private static final Duration APART = Duration.ofMinutes(4);

  private static final String CLAIMS =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: tomas@example.com}
      spec: {displayName: Tomas Lind, grants: [{role: operator}]}
      ---
      apiVersion: steward/v1
      kind: DataSource
      metadata: {name: policies}
      spec: {owner: tomas@example.com, type: documents, version: 2026-01-01}
      ---
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: claims}
      spec:
        owner: tomas@example.com
        purpose: Decides claims of up to 2,000 EUR.
        risk: limited
        version:
          models: [{use: main, model: gpt-5-mini, provider: openai}]
          data: [{name: policies, version: 2026-01-01}]
      """;

  @TempDir private Path folder;
  private final Terminal terminal = new Terminal();
  private final SplittableRandom dice = new SplittableRandom(13);
  private final Instant begin = Instant.now().minus(APART.multipliedBy(LEARNT + SINCE + 1_000));
  private final Days days = new Days(begin);
  private TestServer server;
  private int runs;

  @BeforeEach
  void open() {
    server = TestServer.open(folder, SETTINGS, days);
    server.apply(CLAIMS);
    assertThat(run("release", "start", "claims", "--to", "staging", "--reason", "the first"))
        .isEqualTo(ExitCode.DONE);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theUpdateIsFoundNamedTakenBackAndProvenToWhoeverAsks() {
    play(LEARNT, 0.85);
    server.await("a baseline is learnt", () -> drift().path("baseline").isObject());
    String before = inForce();
    Instant updated = days.instant();
    updateThroughAShortCanary();
    assertThat(inForce()).isNotEqualTo(before);

    play(SINCE, 0.91);
    server.await("the drift is found", () -> !drift().path("alarms").isEmpty());
    JsonNode alarm = drift().path("alarms").path(0);
    assertThat(alarm.path("trait").asString()).isEqualTo("success");
    assertThat(alarm.path("direction").asString()).isEqualTo("up");
    assertThat(alarm.at("/causes/0/kind").asString()).isEqualTo("release");
    assertThat(updated)
        .isBetween(
            Instant.parse(alarm.at("/evidence/earliest").asString()).minus(APART),
            Instant.parse(alarm.at("/evidence/latest").asString()));

    String id = open(alarm.path("id").asString());
    assertThat(
            run(
                "release",
                "rollback",
                "claims",
                "--environment",
                "staging",
                "--reason",
                "approvals crept up with the new policies"))
        .isEqualTo(ExitCode.DONE);
    assertThat(inForce()).isEqualTo(before);
    change(id, "contained");
    change(id, "resolved");
    isProven(id);
  }

  /// Nobody waits for its verdict.
  private void updateThroughAShortCanary() {
    server.apply(CLAIMS.replace("2026-01-01", "2026-02-01"));
    assertThat(
            run(
                "release",
                "start",
                "claims",
                "--to",
                "staging",
                "--strategy",
                "canary",
                "--weight",
                "50%",
                "--reason",
                "the policies of February"))
        .isEqualTo(ExitCode.DONE);
    String id =
        server
            .json("/api/v1/releases?agent=claims&limit=1")
            .path("items")
            .path(0)
            .path("id")
            .asString();
    assertThat(server.get("/api/v1/releases/" + id + "/canary").body())
        .doesNotContain("\"verdict\":\"promote\"");
    assertThat(run("release", "promote", id, "--reason", "nothing bad was seen"))
        .isEqualTo(ExitCode.DONE);
  }

  private void isProven(String id) {
    Path file = folder.resolve("incident.zip");
    assertThat(run("incident", "report", id)).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said())
        .contains("Drift was found: runs that succeed rose from 8")
        .contains("Its time fits by ")
        .contains("rolled back in staging from ")
        .contains("approvals crept up with the new policies")
        .contains("Containment, from opened to contained: 0 h 00 min")
        .contains("Resolution, from opened to resolved: 0 h 00 min")
        .doesNotContain("What caused it cannot be told");
    assertThat(run("incident", "bundle", id, file.toString())).isEqualTo(ExitCode.DONE);
    server.close();
    assertThat(terminal.run("verify", "--bundle", file.toString())).isEqualTo(ExitCode.DONE);
    assertThat(terminal.run("verify", "--data", folder.toString())).isEqualTo(ExitCode.DONE);
  }

  private String open(String alarm) {
    return server
        .ask(
            "/api/v1/incidents",
            """
            {"title":"Approvals creep up","severity":"major","cause":"%s","reason":"drift"}
            """
                .formatted(alarm))
        .path("id")
        .asString();
  }

  private void change(String id, String status) {
    assertThat(run("incident", "change", id, "--status", status, "--reason", "the old one is back"))
        .isEqualTo(ExitCode.DONE);
  }

  private JsonNode drift() {
    return server.json("/api/v1/drift?agent=claims").path("items").path(0);
  }

  private String inForce() {
    for (JsonNode stage : server.json("/api/v1/releases/stages?agent=claims").path("items")) {
      if (stage.path("environment").asString().equals("staging")) {
        return stage.path("version").asString();
      }
    }
    return "";
  }

  /// Runs that end one after the other while days pass.
  private void play(int count, double approved) {
    List<Span.Builder> spans = new ArrayList<>();
    Instant from = days.instant().plusSeconds(60);
    for (int i = 0; i < count; i++) {
      String outcome = dice.nextDouble() < approved ? "success" : "failure";
      spans.add(decision(runs++, from.plus(APART.multipliedBy(i)), outcome));
    }
    days.pass(APART.multipliedBy(count + 1));
    for (int i = 0; i < spans.size(); i += 500) {
      Otlp.send(server, Otlp.request(spans.subList(i, Math.min(spans.size(), i + 500))));
    }
  }

  private static Span.Builder decision(int number, Instant at, String outcome) {
    long nanos = at.toEpochMilli() * 1_000_000L;
    Span.Builder span =
        Otlp.span(1_000 + number, 1, 0, "invoke_agent claims")
            .setStartTimeUnixNano(nanos)
            .setEndTimeUnixNano(nanos + 5_000_000_000L)
            .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
            .addAttributes(Otlp.text("deployment.environment.name", "staging"))
            .addAttributes(Otlp.text("gen_ai.agent.name", "claims"));
    span.addEventsBuilder()
        .setName("gen_ai.evaluation.result")
        .setTimeUnixNano(nanos + 5_000_000_000L)
        .addAttributes(Otlp.text("gen_ai.evaluation.name", "outcome"))
        .addAttributes(Otlp.text("gen_ai.evaluation.score.label", outcome));
    return span;
  }

  private int run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--server", server.uri("/").toString(), "--token", server.token()));
    return terminal.run(all.toArray(String[]::new));
  }

  /// A clock that goes as ours does, and passes whole days at once.
  private static final class Days implements InstantSource {
    private volatile Duration ahead;

    Days(Instant begin) {
      ahead = Duration.between(Instant.now(), begin);
    }

    void pass(Duration time) {
      ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }
  }
}
