// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Agents as they are: the OpenTelemetry SDK with its own exporters.
class ExporterTest {
  private TestServer server;

  @BeforeEach
  void open(@TempDir Path folder) {
    server = TestServer.open(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void httpProtobufArrives() {
    exportOneRun(
        OtlpHttpSpanExporter.builder()
            .setEndpoint(server.otlpUri("/v1/traces").toString())
            .setCompression("gzip")
            .build());

    theRunIsThere("stranger");
  }

  @Test
  void grpcArrives() {
    exportOneRun(
        OtlpGrpcSpanExporter.builder()
            .setEndpoint("http://127.0.0.1:" + server.steward().otlpGrpcPort())
            .setCompression("gzip")
            .build());

    theRunIsThere("stranger");
  }

  @Test
  void aKeyDecidesWhoseSpansTheyAreWhateverTheySay() {
    server.apply(Yaml.fleet());
    String key =
        server
            .ask("/api/v1/keys", "{\"agent\":\"refunds\",\"environment\":\"production\"}")
            .get("key")
            .stringValue();

    exportOneRun(
        OtlpGrpcSpanExporter.builder()
            .setEndpoint("http://127.0.0.1:" + server.steward().otlpGrpcPort())
            .addHeader("x-api-key", key)
            .addHeader("x-steward-task", "ticket-7")
            .build());

    JsonNode run = theRunIsThere("refunds");
    assertThat(run.get("environment").stringValue()).isEqualTo("production");
    assertThat(run.get("task").stringValue()).isEqualTo("ticket-7");
    assertThat(run.get("registered").asBoolean()).isTrue();
  }

  private JsonNode theRunIsThere(String agent) {
    server.awaitLoaded(2);
    JsonNode runs = server.json("/api/v1/runs").get("items");
    assertThat(runs).hasSize(1);
    assertThat(runs.at("/0/agent").stringValue()).isEqualTo(agent);
    return runs.get(0);
  }

  private static void exportOneRun(SpanExporter exporter) {
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()) {
      var tracer = provider.get("test");
      Span run =
          tracer
              .spanBuilder("invoke_agent stranger")
              .setAttribute("gen_ai.operation.name", "invoke_agent")
              .setAttribute("gen_ai.agent.name", "stranger")
              .startSpan();
      try (Scope scope = run.makeCurrent()) {
        tracer
            .spanBuilder("chat")
            .setAttribute("gen_ai.operation.name", "chat")
            .setAttribute(AttributeKey.longKey("gen_ai.usage.input_tokens"), 5L)
            .startSpan()
            .end();
        assertThat(scope).isNotNull();
      } finally {
        run.end();
      }
      assertThat(provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess()).isTrue();
    }
  }
}
