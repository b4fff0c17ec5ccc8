// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// An agent that sends spans of its own and calls its models over the gateway.
class JoinedStepsTest {
  private static final String ASK =
      "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  private static final byte[] FINE =
      """
      {"id":"c-1","model":"gpt-5","choices":[{"index":0,"message":{"role":"assistant",\
      "content":"Hello."},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}\
      """
          .getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private GatewayServer gateway;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder);
    gateway
        .provider()
        .always((r, out) -> ScriptedProvider.whole(out, 200, "application/json", FINE));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void areOneWhereTheTraceIsPassedOn() throws Exception {
    GatewayServer.bytes(
        gateway.post(
            "/v1/chat/completions",
            ASK,
            "traceparent",
            "00-" + Otlp.trace(77) + "-" + Otlp.spanId(2) + "-01"));
    sendAgents();

    isOneStep();
  }

  @Test
  void areOneByTheResponseWhenTheAgentTellsLater() throws Exception {
    GatewayServer.bytes(gateway.post("/v1/chat/completions", ASK));
    gateway.newestRun(1);
    sendAgents();

    isOneStep();
  }

  @Test
  void areOneByTheResponseWhenTheAgentTellsFirst() throws Exception {
    sendAgents();
    gateway.newestRun(1);
    GatewayServer.bytes(gateway.post("/v1/chat/completions", ASK));

    isOneStep();
  }

  private void isOneStep() {
    gateway
        .server()
        .await(
            "one run with the gateway's usage",
            () -> {
              JsonNode runs = gateway.runs();
              return runs.size() == 1
                  && runs.get(0).get("inputTokens").asLong(0) == 9
                  && runs.get(0).get("status").asString().equals("finished")
                  && gateway.server().json("/api/v1/ingest").get("waiting").asLong() == 0;
            });
    JsonNode run = gateway.newestRun(1);
    assertThat(run.get("traceId").asString()).isEqualTo(Otlp.trace(77));
    assertThat(run.get("modelCalls").asInt()).isEqualTo(1);
    assertThat(run.get("outputTokens").asLong()).isEqualTo(3);
    assertThat(run.get("spans")).hasSize(2);
    JsonNode step = run.get("spans").get(1);
    assertThat(step.get("spanId").asString()).isEqualTo(Otlp.spanId(2));
    assertThat(step.get("decision").asString()).isEqualTo("allow");
    assertThat(step.get("inputTokens").asLong()).isEqualTo(9);
    JsonNode counts = gateway.server().json("/api/v1/ingest");
    assertThat(counts.get("loaded").asLong() + counts.get("duplicates").asLong())
        .isEqualTo(counts.get("accepted").asLong());
    JsonNode cost = gateway.server().json("/api/v1/cost?by=model");
    assertThat(cost.get("items")).hasSize(1);
    assertThat(cost.get("items").get(0).get("inputTokens").asLong()).isEqualTo(9);
  }

  private void sendAgents() throws Exception {
    Span.Builder agent =
        Otlp.span(77, 1, 0, "invoke_agent refunds")
            .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
            .addAttributes(Otlp.text("gen_ai.agent.name", "refunds"));
    Span.Builder call =
        Otlp.span(77, 2, 1, "chat gpt-5")
            .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
            .addAttributes(Otlp.text("gen_ai.provider.name", "openai"))
            .addAttributes(Otlp.text("gen_ai.request.model", "gpt-5"))
            .addAttributes(Otlp.text("gen_ai.response.id", "c-1"))
            .addAttributes(Otlp.number("gen_ai.usage.input_tokens", 10))
            .addAttributes(Otlp.number("gen_ai.usage.output_tokens", 4));
    ExportTraceServiceRequest spans = Otlp.request(List.of(agent, call));
    int status =
        gateway
            .server()
            .client()
            .send(
                HttpRequest.newBuilder(gateway.server().otlpUri("/v1/traces"))
                    .header("Content-Type", "application/x-protobuf")
                    .header("Authorization", "Bearer " + gateway.key())
                    .POST(BodyPublishers.ofByteArray(spans.toByteArray()))
                    .build(),
                BodyHandlers.discarding())
            .statusCode();
    assertThat(status).isEqualTo(200);
  }
}
