// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Terminal;
import dev.steward.server.client.ExitCode;
import dev.steward.server.model.GatewayServer;
import dev.steward.server.model.ScriptedProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The timeline of an agent over the API and the command, on a whole server.
class TimelineOverHttpTest {
  private static final String BUDGET =
      """
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: few-calls}
      spec: {scope: {agent: refunds}, window: day, limit: {calls: 2}, warnAt: 50}
      """;

  @TempDir private Path folder;
  private final Terminal terminal = new Terminal();
  private GatewayServer gateway;
  private int calls;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void allThatHappenedIsToldInItsOrderAndAfterARestartToo() {
    run("release", "start", "refunds", "--to", "staging", "--reason", "the first one");
    gateway
        .server()
        .apply(
            gateway
                .manifest()
                .replace(
                    "    models:\n", "    prompts: {system: {text: Be kind.}}\n    models:\n"));
    gateway.server().apply(BUDGET);
    run("release", "start", "refunds", "--to", "staging", "--reason", "kinder words");
    run("release", "rollback", "refunds", "--environment", "staging", "--reason", "too kind");
    call("gpt-5-a", "Be kind.");
    call("gpt-5-b", "Be rude.");
    gateway.newestRun(calls);
    gateway
        .server()
        .ask("/api/v1/kills", "{\"selector\":{\"agent\":\"refunds\"},\"reason\":\"it is rude\"}");

    List<String> told = told();
    assertThat(String.join("\n", told))
        .containsSubsequence(
            "kill: killed: agent refunds: it is rude",
            "release: rolled back in staging",
            "release: promoted in staging: kinder words",
            "release: promoted in staging: the first one",
            "version: version");
    assertThat(told)
        .anyMatch(line -> line.startsWith("model: another model answers: gpt-5-b"))
        .anyMatch(line -> line.startsWith("undeclared: its process began to send another system"))
        .anyMatch(line -> line.startsWith("budget: the budget few-calls runs low"));
    assertThat(run("timeline", "refunds", "--kind", "kill")).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).contains("it is rude").doesNotContain("rolled back");

    gateway.close();
    gateway = new GatewayServer(folder);

    assertThat(told())
        .containsAll(told.stream().filter(line -> !line.startsWith("budget")).toList());
  }

  private List<String> told() {
    List<String> told = new ArrayList<>();
    JsonNode timeline = gateway.server().json("/api/v1/agents/refunds/timeline");
    assertThat(timeline.path("whole").asBoolean()).isTrue();
    for (JsonNode item : timeline.path("items")) {
      told.add(
          "%s: %s: %s"
              .formatted(
                  item.path("kind").asString(),
                  item.path("title").asString(),
                  item.path("detail").asString()));
    }
    return told;
  }

  private int run(String... words) {
    String[] all =
        Stream.concat(
                Arrays.stream(words),
                Stream.of(
                    "--server",
                    gateway.server().uri("/").toString(),
                    "--token",
                    gateway.server().token()))
            .toArray(String[]::new);
    return terminal.run(all);
  }

  private void call(String model, String prompt) {
    calls++;
    gateway
        .provider()
        .always((_, out) ->
            ScriptedProvider.whole(
                out,
                200,
                "application/json",
                "{\"id\":\"c\",\"model\":\"%s\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}"
                    .formatted(model)
                    .getBytes(StandardCharsets.UTF_8)));
    assertThat(
            gateway
                .post(
                    "/v1/chat/completions",
                    "{\"model\":\"main\",\"messages\":[{\"role\":\"system\",\"content\":\""
                        + prompt
                        + "\"},{\"role\":\"user\",\"content\":\"Hi\"}]}",
                    "x-steward-run",
                    "run-" + calls)
                .statusCode())
        .isEqualTo(200);
  }
}
