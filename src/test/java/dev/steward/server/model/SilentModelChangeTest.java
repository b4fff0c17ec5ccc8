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

/// A provider that answers with another model than before is found, whoever released nothing.
class SilentModelChangeTest {
  private GatewayServer gateway;
  private int calls;

  @BeforeEach
  void open(@TempDir Path folder) {
    gateway = new GatewayServer(folder);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void anotherModelBehindTheSameNameIsFoundOnce() {
    call("gpt-5-2026-08-01", "fp_1", false);
    call("gpt-5-2026-08-01", "fp_1", false);
    call("gpt-5-2026-11-01", "fp_1", false);
    call("gpt-5-2026-08-01", "fp_1", false);
    call("gpt-5-2026-11-01", "fp_1", false);

    assertThat(findings())
        .contains(
            "model-changed/refunds",
            "1 silent change in the last day: asked for gpt-5 of openai (main), the provider"
                + " answered with gpt-5-2026-11-01, fingerprint fp_1; before it was"
                + " gpt-5-2026-08-01, fingerprint fp_1");
  }

  @Test
  void anotherFingerprintInAStreamIsFoundToo() {
    call("gpt-5", "fp_1", true);
    call("gpt-5", "fp_2", true);

    assertThat(findings())
        .contains("gpt-5, fingerprint fp_2; before it was gpt-5, fingerprint fp_1");
  }

  private String findings() {
    gateway.newestRun(calls);
    JsonNode found = gateway.server().json("/api/v1/findings");
    return found.toString();
  }

  private void call(String model, String fingerprint, boolean streams) {
    String body =
        "{\"id\":\"c%d\",\"model\":\"%s\",\"system_fingerprint\":\"%s\",\"choices\":[{\"index\":0,"
            .formatted(++calls, model, fingerprint);
    String usage = "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}";
    String said = "{\"role\":\"assistant\",\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}],";
    String answer =
        streams
            ? "data: " + body + "\"delta\":" + said + usage + "\n\ndata: [DONE]\n\n"
            : body + "\"message\":" + said + usage;
    gateway
        .provider()
        .always((_, out) ->
            ScriptedProvider.whole(
                out,
                200,
                streams ? "text/event-stream" : "application/json",
                answer.getBytes(StandardCharsets.UTF_8)));
    HttpResponse<?> response =
        gateway.post(
            "/v1/chat/completions",
            "{\"model\":\"main\",\"stream\":"
                + streams
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
            "x-steward-run",
            "run-" + calls);
    assertThat(response.statusCode()).isEqualTo(200);
  }
}
