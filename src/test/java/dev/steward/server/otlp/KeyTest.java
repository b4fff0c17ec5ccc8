// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Agent keys on the wires of telemetry.
class KeyTest {
  private static final long START = (System.currentTimeMillis() - 60_000) * 1_000_000;

  @TempDir Path folder;

  @Test
  void whereKeysAreRequiredOnlyAnActiveOneSends() throws Exception {
    try (TestServer server = TestServer.open(folder, Map.of("ingest.require-key", "true"))) {
      server.apply(Yaml.fleet());
      JsonNode issued =
          server.ask("/api/v1/keys", "{\"agent\":\"refunds\",\"environment\":\"production\"}");
      String key = issued.get("key").stringValue();

      assertThat(send(server, "")).isEqualTo(401);
      assertThat(send(server, "wrong")).isEqualTo(401);
      assertThat(send(server, server.token())).isEqualTo(401);
      assertThat(send(server, key)).isEqualTo(200);
      assertThat(overGrpc(server)).isEqualTo(Code.UNAUTHENTICATED);
      server.delete("/api/v1/keys/" + issued.get("id").stringValue() + "?reason=left");
      assertThat(send(server, key)).isEqualTo(401);
      assertThat(server.json("/api/v1/keys").toString()).doesNotContain(key);
    }
  }

  @Test
  void aRunIsTheKeysWhateverItCallsItself() throws Exception {
    try (TestServer server = TestServer.open(folder)) {
      server.apply(Yaml.fleet());
      String key =
          server
              .ask("/api/v1/keys", "{\"agent\":\"research\",\"environment\":\"production\"}")
              .get("key")
              .stringValue();
      assertThat(send(server, key, Otlp.run(1, "refunds"))).isEqualTo(200);
      assertThat(send(server, key, delegation())).isEqualTo(200);
      server.awaitLoaded(3 + 4);

      assertThat(server.json("/api/v1/runs?agent=refunds").get("items")).isEmpty();
      assertThat(server.json("/api/v1/runs?agent=research").get("items")).hasSize(2);
      JsonNode run = server.json("/api/v1/runs/" + Otlp.trace(2));
      assertThat(run.get("agent").stringValue()).isEqualTo("research");
      assertThat(run.get("environment").stringValue()).isEqualTo("production");
      assertThat(run.at("/spans/0/agent").stringValue()).isEqualTo("research");
      assertThat(run.at("/spans/2/agent").stringValue()).isEqualTo("fact-check");
      assertThat(run.at("/spans/3/agent").isNull()).isTrue();
      assertThat(server.json("/api/v1/runs/" + Otlp.trace(2) + "/graph").get("nodes"))
          .extracting(node -> node.get("id").stringValue())
          .contains("agent:research", "agent:fact-check");
      assertThat(server.json("/api/v1/cost?by=agent").get("items"))
          .extracting(row ->
              row.at("/group/agent").stringValue() + " " + row.at("/cost/amount").stringValue())
          .containsExactly("fact-check 0.0035", "research 0.007");
    }
  }

  @Test
  void aRunOfAKeyIsNotChangedByOthersAndTheCountsAddUp() throws Exception {
    try (TestServer server = TestServer.open(folder)) {
      server.apply(Yaml.fleet());
      String key = key(server, "refunds");
      String other = key(server, "research");
      assertThat(send(server, key, Otlp.run(1, "refunds"))).isEqualTo(200);
      server.awaitLoaded(3);
      String before = server.json("/api/v1/runs/" + Otlp.trace(1)).toString();

      assertThat(send(server, "", claim())).isEqualTo(200);
      assertThat(send(server, other, claim())).isEqualTo(200);
      server.awaitLoaded(5);
      assertThat(server.json("/api/v1/runs/" + Otlp.trace(1)).toString()).isEqualTo(before);
      JsonNode counts = server.json("/api/v1/ingest");
      assertThat(counts.get("deadLetters").asInt()).isEqualTo(2);
      assertThat(counts.get("loaded").asInt()).isEqualTo(3);
      JsonNode letters = server.json("/api/v1/dead-letters").get("items");
      assertThat(letters.get(0).get("reason").stringValue())
          .contains("key of agent refunds")
          .contains("without a key");
      assertThat(letters.get(1).get("reason").stringValue()).contains("key of agent research");
      JsonNode retried =
          server.ask(
              "/api/v1/dead-letters/retry",
              "{\"ids\":[\"" + letters.get(0).get("id").stringValue() + "\"]}");
      assertThat(retried.get("deadLetters").asInt()).isEqualTo(1);

      assertThat(send(server, other, Otlp.request(List.of(Otlp.span(1, 77, 1, "joins in")))))
          .isEqualTo(200);
      server.awaitLoaded(6);
      assertThat(server.json("/api/v1/ingest").get("loaded").asInt()).isEqualTo(4);
    }
  }

  /// Another version of the first span of run 1.
  private static ExportTraceServiceRequest claim() {
    return Otlp.request(
        List.of(
            Otlp.span(1, 1, 0, "invoke_agent stolen")
                .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
                .addAttributes(Otlp.text("gen_ai.agent.name", "stolen"))));
  }

  private static String key(TestServer server, String agent) {
    return server
        .ask("/api/v1/keys", "{\"agent\":\"%s\",\"environment\":\"production\"}".formatted(agent))
        .get("key")
        .stringValue();
  }

  /// Research asks a model, and a sub-agent of its process asks one too.
  private static ExportTraceServiceRequest delegation() {
    return Otlp.request(
        List.of(agent(1, 0, "research"), chat(2, 1), agent(3, 1, "fact-check"), chat(4, 3)));
  }

  private static Span.Builder agent(long id, long parent, String name) {
    return Otlp.span(2, id, parent, "invoke_agent " + name)
        .setStartTimeUnixNano(START + id)
        .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
        .addAttributes(Otlp.text("gen_ai.agent.name", name));
  }

  private static Span.Builder chat(long id, long parent) {
    return Otlp.span(2, id, parent, "chat gpt-4o")
        .setStartTimeUnixNano(START + id)
        .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
        .addAttributes(Otlp.text("gen_ai.provider.name", "openai"))
        .addAttributes(Otlp.text("gen_ai.request.model", "gpt-4o"))
        .addAttributes(Otlp.number("gen_ai.usage.input_tokens", 1000))
        .addAttributes(Otlp.number("gen_ai.usage.output_tokens", 100));
  }

  @Test
  void aKeyForAnAgentThatIsNotThereIsRefused() {
    try (TestServer server = TestServer.open(folder)) {
      assertThat(
              server
                  .postJson("/api/v1/keys", "{\"agent\":\"nobody\",\"environment\":\"production\"}")
                  .statusCode())
          .isIn(404, 422);
      assertThat(server.postJson("/api/v1/keys", "{\"agent\":\"nobody\"}").statusCode())
          .isEqualTo(422);
      assertThat(server.postJson("/api/v1/keys", "{\"agnet\":\"nobody\"}").statusCode())
          .isEqualTo(400);
    }
  }

  private static int send(TestServer server, String key) throws Exception {
    return send(server, key, Otlp.spans(1, 1));
  }

  private static int send(TestServer server, String key, ExportTraceServiceRequest spans)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(spans.toByteArray()));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return server.client().send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private static Code overGrpc(TestServer server) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.steward().otlpGrpcPort())
            .usePlaintext()
            .build();
    try {
      return catchThrowableOfType(
              StatusRuntimeException.class,
              () -> TraceServiceGrpc.newBlockingStub(channel).export(Otlp.spans(2, 1)))
          .getStatus()
          .getCode();
    } finally {
      channel.shutdownNow();
    }
  }
}
