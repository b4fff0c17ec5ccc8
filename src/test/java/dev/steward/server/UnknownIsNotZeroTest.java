// SPDX-License-Identifier: Apache-2.0
package dev.steward.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A cost that nobody knows is unknown wherever it is asked for, and never 0.
class UnknownIsNotZeroTest {
  @TempDir Path folder;

  @Test
  void theCostOfAnUnknownModelIsUnknownEverywhere() {
    try (TestServer server = TestServer.open(folder)) {
      send(server, 1, chat(1, "nobody-knows-1").addAllAttributes(tokens()));
      server.awaitLoaded(2);

      assertUnknown(server.json("/api/v1/runs").at("/items/0/cost"));
      JsonNode run = server.json("/api/v1/runs/" + Otlp.trace(1));
      assertUnknown(run.get("cost"));
      assertThat(run.get("inputTokens").asLong()).isEqualTo(1000);
      assertUnknown(spanOf(run, "MODEL").get("cost"));
      JsonNode detail = server.json("/api/v1/runs/" + Otlp.trace(1) + "/spans/" + Otlp.spanId(2));
      assertThat(detail.get("costReason").stringValue()).contains("nobody-knows-1");
      assertThat(server.json("/api/v1/runs?costKnown=false").get("items")).hasSize(1);
      assertThat(server.json("/api/v1/runs?costKnown=true").get("items")).isEmpty();
      for (String by : List.of("agent", "model", "day")) {
        JsonNode row = server.json("/api/v1/cost?by=" + by).at("/items/0");
        assertUnknown(row.get("cost"));
        assertThat(row.get("unknownCosts").asInt()).isEqualTo(1);
      }
    }
  }

  @Test
  void aKnownModelWithoutUsageIsUnknownToo() {
    try (TestServer server = TestServer.open(folder)) {
      send(server, 1, chat(1, "gpt-4o"));
      server.awaitLoaded(2);

      JsonNode run = server.json("/api/v1/runs/" + Otlp.trace(1));
      assertUnknown(run.get("cost"));
      assertThat(run.get("inputTokens").isNull()).isTrue();
    }
  }

  @Test
  void besideAKnownCostTheWholeIsUnknownAndThePartIsKept() {
    try (TestServer server = TestServer.open(folder)) {
      send(
          server,
          1,
          chat(1, "nobody-knows-1").addAllAttributes(tokens()),
          chat(1, "gpt-4o").setSpanId(id(3)).addAllAttributes(tokens()));
      server.awaitLoaded(3);

      JsonNode cost = server.json("/api/v1/runs/" + Otlp.trace(1)).get("cost");
      assertThat(cost.get("amount").stringValue()).isEqualTo("0.0035");
      assertThat(cost.get("known").asBoolean()).isFalse();
    }
  }

  private static JsonNode spanOf(JsonNode run, String kind) {
    for (JsonNode span : run.get("spans")) {
      if (span.get("kind").stringValue().equals(kind)) {
        return span;
      }
    }
    throw new AssertionError("no span of kind " + kind);
  }

  private static void assertUnknown(JsonNode cost) {
    assertThat(cost.get("known").asBoolean()).isFalse();
    assertThat(cost.get("amount").isNull()).isTrue();
  }

  private static Span.Builder chat(long trace, String model) {
    return Otlp.span(trace, 2, 1, "chat " + model)
        .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
        .addAttributes(Otlp.text("gen_ai.provider.name", "openai"))
        .addAttributes(Otlp.text("gen_ai.request.model", model));
  }

  private static List<KeyValue> tokens() {
    return List.of(
        Otlp.number("gen_ai.usage.input_tokens", 1000),
        Otlp.number("gen_ai.usage.output_tokens", 100));
  }

  private static ByteString id(long number) {
    return ByteString.fromHex(Otlp.spanId(number));
  }

  private static void send(TestServer server, long trace, Span.Builder... calls) {
    List<Span.Builder> spans = new ArrayList<>(List.of(calls));
    spans.add(
        Otlp.span(trace, 1, 0, "invoke_agent a")
            .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
            .addAttributes(Otlp.text("gen_ai.agent.name", "a")));
    HttpRequest post =
        HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(Otlp.request(spans).toByteArray()))
            .build();
    assertThat(server.send(post).statusCode()).isEqualTo(200);
  }
}
