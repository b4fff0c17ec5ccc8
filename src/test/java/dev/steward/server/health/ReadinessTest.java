// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Readiness where the disk refuses.
class ReadinessTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"journal, journal", "ledger, ledger"})
  void aFolderThatCannotBeWrittenIsToldAndSoIsItsRecovery(String part, String place)
      throws Exception {
    try (TestServer server = TestServer.open(folder)) {
      assertThat(readiness(server).statusCode()).isEqualTo(200);
      Path there = folder.resolve(place);
      Path away = folder.resolve("away");

      Files.move(there, away);
      server.await("it is told", () -> readiness(server).statusCode() == 503);
      JsonNode told = JsonMapper.shared().readTree(readiness(server).body());
      assertThat(told.get("ready").asBoolean()).isFalse();
      assertThat(told.get(part).stringValue()).isEqualTo("failing");
      assertThat(told.get("reason").stringValue()).contains(there.toString()).contains("mend");

      Files.move(away, there);
      server.await("it is ready again", () -> readiness(server).statusCode() == 200);
      assertThat(JsonMapper.shared().readTree(readiness(server).body()).get(part).stringValue())
          .isEqualTo("ready");
    }
  }

  @Test
  void nothingIsLeftOfTheTry() {
    try (TestServer server = TestServer.open(folder)) {
      assertThat(readiness(server).statusCode()).isEqualTo(200);
      assertThat(folder.resolve("journal/.writable")).doesNotExist();
      assertThat(folder.resolve("ledger/.writable")).doesNotExist();
    }
  }

  private static HttpResponse<String> readiness(TestServer server) {
    return server.send(HttpRequest.newBuilder(server.uri("/readyz")).build());
  }
}
