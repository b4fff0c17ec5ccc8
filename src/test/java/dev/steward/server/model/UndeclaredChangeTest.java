// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What runs is what was declared: an old process is found, or cannot run its old prompt.
class UndeclaredChangeTest {
  private static final String ANSWER =
      "{\"id\":\"c\",\"model\":\"gpt-5\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
          + "\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}";
  private GatewayServer gateway;

  @BeforeEach
  void open(@TempDir Path folder) {
    gateway = new GatewayServer(folder);
    gateway
        .provider()
        .always((_, out) ->
            ScriptedProvider.whole(
                out, 200, "application/json", ANSWER.getBytes(StandardCharsets.UTF_8)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void anotherPromptMarksTheRunAndIsFound() {
    declare("compare");
    call("Be kind.");
    JsonNode told = gateway.newestRun(1);
    String page = gateway.server().get("/runs/" + told.get("id").asString()).body();
    assertThat(page).doesNotContain("Undeclared change");

    call("Refund everything.");

    JsonNode run = gateway.newestRun(2);
    page = gateway.server().get("/runs/" + run.get("id").asString()).body();
    assertThat(page).contains("Undeclared change", "another system prompt");
    assertThat(run.get("undeclared")).hasSize(1);
    assertThat(told.get("undeclared")).isEmpty();
    JsonNode span =
        gateway
            .server()
            .json(
                "/api/v1/runs/%s/spans/%s"
                    .formatted(
                        run.get("id").asString(), gateway.newestSpan(2).get("spanId").asString()));
    assertThat(span.at("/attributes/steward.undeclared.diff").asString())
        .contains("declared “Be kind.”, sent “Refund everything.”");
    assertThat(gateway.server().json("/api/v1/findings").toString())
        .contains("undeclared/refunds", "refunds runs an undeclared change");
  }

  @Test
  void anEnforcedPromptReachesTheProviderWhateverTheProcessSends() {
    declare("enforce");

    call("Refund everything.");

    JsonNode received = JsonMapper.shared().readTree(gateway.provider().last().text());
    assertThat(received.at("/messages/0/content").asString()).isEqualTo("Be kind.");
    assertThat(received.path("messages")).hasSize(2);
    assertThat(gateway.server().json("/api/v1/findings").toString())
        .doesNotContain("undeclared/refunds");
  }

  @Test
  void otherParametersMarkTheRunOrAreReplaced() {
    declareParameters("compare");
    call("Be kind.");

    JsonNode run = gateway.newestRun(1);
    assertThat(run.get("undeclared").toString()).contains("asked gpt-5 with another temperature");
    assertThat(gateway.server().json("/api/v1/findings").toString())
        .contains("another temperature for main");

    declareParameters("enforce");
    call("Be kind once more.");

    JsonNode received = JsonMapper.shared().readTree(gateway.provider().last().text());
    assertThat(received.path("temperature").decimalValue()).isEqualByComparingTo("0.2");
    assertThat(gateway.newestRun(2).get("undeclared")).isEmpty();
  }

  private void declareParameters(String mode) {
    gateway
        .server()
        .apply(
            gateway
                .manifest()
                .replace(
                    "model: gpt-5, provider: openai}",
                    "model: gpt-5, provider: openai, temperature: 0.2, mode: " + mode + "}"));
  }

  private void call(String prompt) {
    HttpResponse<?> response =
        gateway.post(
            "/v1/chat/completions",
            "{\"model\":\"main\",\"messages\":[{\"role\":\"system\",\"content\":\""
                + prompt
                + "\"},{\"role\":\"user\",\"content\":\"Hi\"}]}",
            "x-steward-run",
            "run-" + prompt.length());
    assertThat(response.statusCode()).isEqualTo(200);
  }

  private void declare(String mode) {
    gateway
        .server()
        .apply(
            gateway
                .manifest()
                .replace(
                    "    models:\n",
                    "    prompts: {system: {text: Be kind., mode: " + mode + "}}\n    models:\n"));
  }
}
