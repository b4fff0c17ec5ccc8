// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.TestServer;
import dev.steward.server.client.ServerConnection;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a newcomer finds of the demo's refunds agent: a new prompt as a new version, in canary.
@Timeout(60)
class DemoCanaryTest {
  private static final String NEW_WORDS = "nothing that you are not sure of";

  @TempDir Path folder;
  private TestServer server;
  private String key = "";
  private String release = "";

  @BeforeEach
  void open() {
    server = TestServer.open(folder);
    DemoRegistrar registrar =
        new DemoRegistrar(new ServerConnection(server.uri("/"), server.token()));
    registrar.declare("http://127.0.0.1:9", "key", "http://127.0.0.1:9/mcp");
    registrar.tryNextVersion();
    key = registrar.keys().getOrDefault("refunds", "");
    release = shown("/api/v1/releases").path("items").get(0).path("id").asString();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void itsNewPromptIsTriedOnHalfOfTheConversations() {
    JsonNode canary = shown("/api/v1/releases/" + release);
    assertThat(canary.path("agent").asString()).isEqualTo("refunds");
    assertThat(canary.path("strategy").asString()).isEqualTo("canary");
    assertThat(canary.path("state").asString()).isEqualTo("rolling-out");
    Set<Boolean> arms = new TreeSet<>();
    for (int i = 0; i < 40; i++) {
      arms.add(prompt("conversation-" + i).contains(NEW_WORDS));
    }
    assertThat(arms).containsExactly(false, true);
    String page = server.get("/releases/" + release).body();
    assertThat(page)
        .contains("refunds to staging", "/releases/" + release + "/promote", "/releases/rollback");
    Matcher difference = Pattern.compile("/agents/refunds/versions/[0-9a-f.]+").matcher(page);
    assertThat(difference.find()).isTrue();
    assertThat(server.get(difference.group()).body()).contains(NEW_WORDS);
  }

  @Test
  void itIsPromotedForAll() {
    server.ask("/api/v1/releases/" + release + "/promote", "{\"reason\":\"it guesses less\"}");

    assertThat(shown("/api/v1/releases/" + release).path("state").asString()).isEqualTo("promoted");
    for (int i = 0; i < 10; i++) {
      assertThat(prompt("conversation-" + i)).contains(NEW_WORDS);
    }
    server.ask(
        "/api/v1/releases/rollback",
        "{\"agent\":\"refunds\",\"environment\":\"staging\",\"reason\":\"it says too little\"}");
    assertThat(prompt("conversation-1")).doesNotContain(NEW_WORDS);
  }

  @Test
  void itIsRolledBackForAll() {
    server.ask(
        "/api/v1/releases/rollback",
        "{\"agent\":\"refunds\",\"environment\":\"staging\",\"reason\":\"it says too little\"}");

    assertThat(shown("/api/v1/releases/" + release).path("state").asString())
        .isEqualTo("rolled-back");
    for (int i = 0; i < 10; i++) {
      assertThat(prompt("conversation-" + i)).doesNotContain(NEW_WORDS);
    }
  }

  private JsonNode shown(String path) {
    return server.json(path);
  }

  /// The prompt that a conversation is given.
  private String prompt(String conversation) {
    String path = "/api/v1/agents/refunds/config?conversation=" + conversation;
    HttpRequest request =
        HttpRequest.newBuilder(server.uri(path)).header("Authorization", "Bearer " + key).build();
    return JsonMapper.shared()
        .readTree(server.send(request).body())
        .at("/prompts/system")
        .toString();
  }
}
