// SPDX-License-Identifier: Apache-2.0
package dev.steward.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.steward.server.recorded.RecordedFiles;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The same run, sent three times in different orders to three servers, one span a request.
class SameRunSameGraphTest {
  private static final int SEED = 20261121;
  private static final Status FAILED =
      Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).build();

  @TempDir Path folder;

  @Test
  void theOrderOfArrivalNeverShows() throws Exception {
    List<Span> spans = new ArrayList<>();
    for (Span.Builder span : script()) {
      spans.add(span.build());
    }
    List<String> requests =
        spans.stream()
            .map(span -> Otlp.request(List.of(span.toBuilder())))
            .map(SameRunSameGraphTest::hex)
            .toList();

    List<JsonNode> answers = answers(requests, "application/x-protobuf", Otlp.trace(7));

    assertThat(answers.getFirst().at("/run/spans")).hasSize(spans.size());
    assertThat(answers.getFirst().at("/graph/edges")).hasSizeGreaterThan(4);
    assertThat(answers).allMatch(answers.getFirst()::equals);
  }

  @Test
  void norDoesThatOfARecordedRun() throws Exception {
    Path file = RecordedFiles.existing("otlp/openai-agents-2025-09-30.otlp.json");
    List<String> requests = oneByOne(JsonMapper.shared().readTree(Files.readAllBytes(file)));

    List<JsonNode> answers =
        answers(requests, "application/json", "fee618f96dc31e0ca38b2f7b26eb8b29");

    assertThat(answers.getFirst().at("/run/spans")).hasSameSizeAs(requests);
    assertThat(answers).allMatch(answers.getFirst()::equals);
  }

  /// What the three servers say of the run and its graph.
  private List<JsonNode> answers(List<String> requests, String type, String trace)
      throws Exception {
    List<String> backwards = new ArrayList<>(requests).reversed();
    List<String> shuffled = new ArrayList<>(requests);
    Collections.shuffle(shuffled, new Random(SEED));
    List<JsonNode> answers = new ArrayList<>();
    for (List<String> order : List.of(requests, backwards, shuffled)) {
      Path own = folder.resolve("server-" + answers.size());
      try (TestServer server = TestServer.open(own)) {
        for (String request : order) {
          send(server, type, request);
        }
        server.awaitLoaded(requests.size());
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        ObjectNode run = (ObjectNode) server.json("/api/v1/runs/" + trace);
        // when it was last heard of is the one thing that is of the arrival
        run.remove("lastSeen");
        answer.set("run", run);
        answer.set("graph", server.json("/api/v1/runs/" + trace + "/graph"));
        answers.add(answer);
      }
    }
    return answers;
  }

  private static void send(TestServer server, String type, String request) {
    byte[] body =
        type.equals("application/json")
            ? request.getBytes(StandardCharsets.UTF_8)
            : HexFormat.of().parseHex(request);
    HttpRequest post =
        HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    assertThat(server.send(post).statusCode()).isEqualTo(200);
  }

  /// A lead hands over to a helper; both call the same tool, one call is told twice, one fails and
  /// is tried again, and the last call links to the one it follows.
  private static List<Span.Builder> script() {
    return List.of(
        agent(1, 0, "lead"),
        chat(2, 1, "gpt-4o"),
        tool(3, 1, "search", "c1"),
        tool(4, 3, "search", "c1"),
        agent(5, 1, "helper"),
        chat(6, 5, "gpt-4o-mini"),
        tool(7, 5, "search", "c2"),
        tool(8, 5, "refund", "c3").setStatus(FAILED),
        tool(9, 5, "refund", "c4"),
        chat(10, 99, "gpt-4o"),
        tool(11, 1, "send", "c5")
            .addLinks(
                Span.Link.newBuilder()
                    .setTraceId(ByteString.fromHex(Otlp.trace(7)))
                    .setSpanId(ByteString.fromHex(Otlp.spanId(9)))));
  }

  private static Span.Builder agent(long id, long parent, String name) {
    return Otlp.span(7, id, parent, "invoke_agent " + name)
        .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
        .addAttributes(Otlp.text("gen_ai.agent.name", name));
  }

  private static Span.Builder chat(long id, long parent, String model) {
    return Otlp.span(7, id, parent, "chat " + model)
        .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
        .addAttributes(Otlp.text("gen_ai.provider.name", "openai"))
        .addAttributes(Otlp.text("gen_ai.request.model", model))
        .addAttributes(Otlp.number("gen_ai.usage.input_tokens", 10 * id))
        .addAttributes(Otlp.number("gen_ai.usage.output_tokens", id));
  }

  private static Span.Builder tool(long id, long parent, String name, String call) {
    return Otlp.span(7, id, parent, "execute_tool " + name)
        .addAttributes(Otlp.text("gen_ai.operation.name", "execute_tool"))
        .addAttributes(Otlp.text("gen_ai.tool.name", name))
        .addAttributes(Otlp.text("gen_ai.tool.call.id", call));
  }

  private static String hex(ExportTraceServiceRequest request) {
    return HexFormat.of().formatHex(request.toByteArray());
  }

  private static List<String> oneByOne(JsonNode whole) {
    List<String> requests = new ArrayList<>();
    for (JsonNode resource : whole.path("resourceSpans")) {
      for (JsonNode scope : resource.path("scopeSpans")) {
        for (JsonNode span : scope.path("spans")) {
          ObjectNode alone = (ObjectNode) scope.deepCopy();
          ((ArrayNode) alone.get("spans")).removeAll().add(span);
          ObjectNode of = (ObjectNode) resource.deepCopy();
          ((ArrayNode) of.get("scopeSpans")).removeAll().add(alone);
          ObjectNode request = JsonMapper.shared().createObjectNode();
          request.putArray("resourceSpans").add(of);
          requests.add(request.toString());
        }
      }
    }
    return requests;
  }
}
