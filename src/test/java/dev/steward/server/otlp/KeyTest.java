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
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Agent keys on the wires of telemetry.
class KeyTest {
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
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(Otlp.spans(1, 1).toByteArray()));
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
