// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DrillTest {
  @TempDir Path folder;

  @Test
  void killsStreamsOfEveryDialectOpensAndClosesACircuitAndKeepsTheFigures() {
    String id;
    try (TestServer server = TestServer.openWithoutHistory(folder)) {
      JsonNode held = server.ask("/api/v1/kills/drill", "{\"streams\":25}").path("items");

      assertThat(held).hasSize(2);
      JsonNode kill = of("kill-switch", held);
      assertThat(kill.path("note").isNull()).as(kill.toString()).isTrue();
      assertThat(kill.path("passed").asBoolean()).isTrue();
      JsonNode figures = kill.path("figures");
      assertThat(figures.path("streams").asInt()).isEqualTo(25);
      assertThat(figures.path("cut").asInt()).isEqualTo(25);
      assertThat(figures.path("streamsEndedWrongly").asInt()).isZero();
      assertThat(figures.path("receiptToLastByteMaxMicros").asLong())
          .isPositive()
          .isGreaterThanOrEqualTo(figures.path("receiptToLastByteMedianMicros").asLong());
      JsonNode circuit = of("circuit-breaker", held);
      assertThat(circuit.path("note").isNull()).as(circuit.toString()).isTrue();
      assertThat(circuit.path("figures").path("failures").asInt()).isEqualTo(10);
      assertThat(circuit.path("figures").path("probes").asInt()).isEqualTo(3);
      assertThat(circuit.path("figures").path("refusalToProbeMicros").asLong())
          .isGreaterThan(900_000);
      id = kill.path("id").asString();
      leavesNothingBehind(server);
    }
    try (TestServer again = TestServer.openWithoutHistory(folder)) {
      JsonNode kept = again.json("/api/v1/kills/drills").path("items");
      assertThat(of("kill-switch", kept).path("id").asString()).isEqualTo(id);
      assertThat(again.get("/stops").body()).contains("Kill switch", id);
    }
  }

  private static void leavesNothingBehind(TestServer server) {
    assertThat(server.json("/api/v1/kills").path("items")).isEmpty();
    for (String kind : List.of("agents", "keys")) {
      assertThat(server.json("/api/v1/" + kind).path("items")).as(kind).isEmpty();
    }
    assertThat(server.get("/api/v1/resources/ModelProvider").body()).doesNotContain("drill");
    assertThat(server.json("/api/v1/ingest").path("accepted").asLong()).isZero();
  }

  @Test
  void theCommandSaysWhatWasMeasuredAndKillsNothingElse() {
    try (TestServer server = TestServer.openWithoutHistory(folder)) {
      String[] where = {"--server", server.uri("/").toString(), "--token", server.token()};
      Terminal terminal = new Terminal();

      assertThat(
              terminal.run(
                  "kill", "--drill", "--streams", "5", where[0], where[1], where[2], where[3]))
          .as(terminal.said() + terminal.complained())
          .isZero();
      assertThat(terminal.said())
          .contains("kill switch: passed", "receipt to last byte max", "circuit breaker: passed");
      assertThat(terminal.run("kill", "everything", "--drill", "--reason", "x")).isEqualTo(2);
      assertThat(terminal.run("kill", "everything")).isEqualTo(2);
    }
  }

  @Test
  void isNotHeldWhileEverythingIsKilledNorWithoutStreams() {
    try (TestServer server = TestServer.openWithoutHistory(folder)) {
      assertThat(server.postJson("/api/v1/kills/drill", "{\"streams\":501}").statusCode())
          .isEqualTo(422);
      server.ask("/api/v1/kills", "{\"selector\":{\"everything\":true},\"reason\":\"a test\"}");

      var refused = server.postJson("/api/v1/kills/drill", "{}");

      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("403");
      assertThat(server.json("/api/v1/kills/drills").path("items")).isEmpty();
    }
  }

  private static JsonNode of(String what, JsonNode held) {
    for (JsonNode part : held) {
      if (part.path("of").asString().equals(what)) {
        return part;
      }
    }
    throw new AssertionError(what + " is not among " + held);
  }
}
