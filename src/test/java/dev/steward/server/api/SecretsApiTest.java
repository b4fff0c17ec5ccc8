// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Canary;
import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import dev.steward.server.command.SecretsCommand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class SecretsApiTest {
  private static final String VALUE = "sk-canary-4f1c0d77";

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void open() {
    server = TestServer.openWithoutHistory(folder.resolve("data"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aValueGoesInAndNeverComesOut() throws IOException {
    assertThat(put("openai-key", VALUE).statusCode()).isEqualTo(200);
    assertThat(put("Wrong Name".replace(" ", "%20"), VALUE).statusCode()).isEqualTo(422);
    assertThat(put("empty", " ").statusCode()).isEqualTo(422);
    assertThat(server.postJson("/api/v1/secrets/openai-key", VALUE).statusCode()).isEqualTo(405);

    JsonNode listed = server.json("/api/v1/secrets").path("items");
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).path("name").asString()).isEqualTo("openai-key");
    assertThat(listed.get(0).path("origin").asString()).isEqualTo("person");
    Canary canary = new Canary(VALUE);
    canary.searchPages(server);
    canary.searchFolder(server.folder());
    assertThat(canary.found()).isEmpty();
    assertThat(canary.searched()).isGreaterThan(40);

    assertThat(server.delete("/api/v1/secrets/openai-key").statusCode()).isEqualTo(204);
    assertThat(server.delete("/api/v1/secrets/openai-key").statusCode()).isEqualTo(404);
  }

  @Test
  void theCanaryIsFoundWhereItIs() throws IOException {
    Files.createDirectories(folder.resolve("data/deep"));
    Files.writeString(folder.resolve("data/deep/file"), "x" + VALUE + "y");

    Canary canary = new Canary(VALUE);
    canary.searchFolder(server.folder());
    canary.searchText("a log", "Authorization: Bearer " + VALUE);
    assertThat(canary.found()).hasSize(2).anyMatch(place -> place.endsWith("deep/file"));
  }

  @Test
  void theCommandTakesAValueFromInputOrAVariableOnly() {
    assertThat(secrets(VALUE + "\n", Map.of(), "set", "openai-key")).contains("set the secret");
    assertThat(secrets("", Map.of("KEY", VALUE), "set", "mailer", "--from-env", "KEY"))
        .contains("set the secret mailer");
    assertThat(secrets("", Map.of(), "set", "mailer", "--from-env", "KEY"))
        .contains("the variable KEY is not set");
    assertThat(secrets("", Map.of(), "list")).contains("openai-key", "mailer", "person");
    assertThat(secrets("", Map.of(), "delete", "mailer")).contains("deleted the secret mailer");

    Terminal terminal = new Terminal();
    assertThat(terminal.run("secrets", "set", "openai-key", VALUE)).isEqualTo(2);
  }

  private String secrets(String input, Map<String, String> environment, String... words) {
    SecretsCommand command =
        new SecretsCommand(
            () -> new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), environment);
    StringWriter said = new StringWriter();
    CommandLine line =
        new CommandLine(command)
            .setExecutionExceptionHandler((e, _, _) -> {
              said.append(e.getMessage());
              return 2;
            });
    line.setOut(new PrintWriter(said));
    String[] all = java.util.Arrays.copyOf(words, words.length + 4);
    all[words.length] = "--server";
    all[words.length + 1] = server.uri("/").toString();
    all[words.length + 2] = "--token";
    all[words.length + 3] = server.token();
    line.execute(all);
    return said.toString();
  }

  private HttpResponse<String> put(String name, String value) {
    return server.send(
        server
            .request("/api/v1/secrets/" + name)
            .header("Content-Type", "text/plain")
            .PUT(BodyPublishers.ofString(value))
            .build());
  }
}
