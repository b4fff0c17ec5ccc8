// SPDX-License-Identifier: Apache-2.0
package dev.steward.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.trace.reading.RecordedTraces;
import dev.steward.trace.reading.RecordedTraces.Counts;
import dev.steward.trace.reading.RecordedTraces.Seen;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The recorded traces through a whole server: sent as their frameworks sent them, read back by the
/// API.
class RecordedTracesOverHttpTest {
  @ParameterizedTest
  @MethodSource("dev.steward.trace.reading.RecordedTraces#files")
  void everySpanComesBackAsWhatItIsKnownToBe(Path file, @TempDir Path folder) throws Exception {
    byte[] body = RecordedTraces.body(file);
    List<JsonNode> sent = spans(body);
    try (TestServer server = TestServer.open(folder)) {
      HttpResponse<String> answer =
          server.send(
              HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofByteArray(body))
                  .build());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).doesNotContain("rejected");
      server.awaitLoaded(sent.size());

      assertThat(server.json("/api/v1/ingest").get("deadLetters").asLong()).isZero();
      String run = "/api/v1/runs/" + sent.getFirst().get("traceId").stringValue();
      Map<String, Seen> seen = new HashMap<>();
      for (JsonNode span : server.json(run).get("spans")) {
        String id = span.get("spanId").stringValue();
        JsonNode detail = server.json(run + "/spans/" + id);
        assertThat(detail.get("span")).isEqualTo(span);
        seen.put(id, seen(detail));
      }
      RecordedTraces.check(file, seen);
    }
  }

  private static Seen seen(JsonNode detail) {
    JsonNode span = detail.get("span");
    JsonNode usage = detail.get("usage");
    List<@Nullable String> models = new ArrayList<>();
    models.add(text(detail.at("/modelFacts/requestModel")));
    models.add(text(detail.at("/modelFacts/responseModel")));
    return new Seen(
        SpanKind.valueOf(span.get("kind").stringValue()),
        text(span.get("parentSpanId")),
        models,
        usage.isNull()
            ? null
            : new Counts(
                count(usage, "input"),
                count(usage, "output"),
                usage.get("cacheRead").asLong(),
                usage.get("reasoning").asLong()),
        !span.get("cost").isNull(),
        detail.get("attributes"),
        Stream.of("input", "output", "instructions", "tools", "arguments", "result", "documents")
            .map(part -> detail.get(part).toString())
            .reduce("", String::concat));
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  private static @Nullable Long count(JsonNode usage, String name) {
    return usage.get(name).isNull() ? null : Long.valueOf(usage.get(name).asLong());
  }

  private static List<JsonNode> spans(byte[] body) {
    List<JsonNode> spans = new ArrayList<>();
    for (JsonNode resource : JsonMapper.shared().readTree(body).path("resourceSpans")) {
      for (JsonNode scope : resource.path("scopeSpans")) {
        scope.path("spans").forEach(spans::add);
      }
    }
    return spans;
  }
}
