// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a proposed policy would have made of recorded calls.
class PolicyPreviewTest {
  private static final String TIGHTER =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: big-refunds-need-a-human}
      spec:
        rules:
          - {tool: payments/refund, effect: deny, when: "args.amount > 40"}
      """;

  @TempDir static Path folder;
  private static TestServer server;
  private final Terminal terminal = new Terminal();

  @BeforeAll
  static void open() throws Exception {
    server = TestServer.open(folder.resolve("data"));
    server.apply(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: base}
        spec:
          rules:
            - {tool: payments/refund, effect: allow}
        """);
    send(1, "{\"amount\": 20}");
    send(2, "{\"amount\": 50}");
    send(3, "{\"amount\": 70}");
    server.awaitLoaded(6);
  }

  private static void send(long trace, String arguments) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
            .header("Content-Type", "application/x-protobuf")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    Otlp.request(
                            List.of(
                                Otlp.span(trace, 1, 0, "invoke_agent refunds")
                                    .addAttributes(
                                        Otlp.text("gen_ai.operation.name", "invoke_agent"))
                                    .addAttributes(Otlp.text("gen_ai.agent.name", "refunds")),
                                Otlp.span(trace, 2, 1, "execute_tool payments__refund")
                                    .addAttributes(
                                        Otlp.text("gen_ai.operation.name", "execute_tool"))
                                    .addAttributes(Otlp.text("gen_ai.tool.name", "refund"))
                                    .addAttributes(Otlp.text("steward.tool.server", "payments"))
                                    .addAttributes(
                                        Otlp.text("gen_ai.tool.call.arguments", arguments))))
                        .toByteArray()))
            .build();
    assertThat(server.send(request).statusCode()).isEqualTo(200);
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @Test
  void callsThatWouldNewlyBeDeniedAreCountedByAgentAndTool() throws IOException {
    assertThat(run("policy", "preview", "-f", file(TIGHTER), "--days", "90", "-o", "json"))
        .isZero();
    JsonNode preview = JsonMapper.shared().readTree(terminal.said());
    assertThat(preview.path("calls").asInt()).isEqualTo(3);
    assertThat(preview.path("newlyDenied").asInt()).isEqualTo(2);
    assertThat(preview.path("same").asInt()).isEqualTo(1);
    assertThat(preview.path("cut").asString()).isEmpty();
    JsonNode change = preview.path("changes").path(0);
    assertThat(change.path("agent").asString()).isEqualTo("refunds");
    assertThat(change.path("tool").asString()).isEqualTo("payments/refund");
    assertThat(change.path("before").asString()).isEqualTo("allow");
    assertThat(change.path("after").asString()).isEqualTo("deny");
    assertThat(change.path("examples").size()).isEqualTo(2);
    JsonNode example = change.path("examples").path(0);
    assertThat(example.path("run").asString()).isNotEmpty();
    assertThat(example.path("rules").path(0).asString()).startsWith("big-refunds-need-a-human/");
  }

  @Test
  void nothingIsApplied() throws IOException {
    assertThat(run("policy", "preview", "-f", file(TIGHTER), "--days", "90")).isZero();
    assertThat(terminal.said()).contains("2 newly denied", "payments/refund", "refunds");
    assertThat(server.json("/api/v1/resources/Policy").path("items").size()).isEqualTo(1);
  }

  @Test
  void whatCouldNotBeAppliedIsRefusedWithItsPlace() throws IOException {
    String wrong = TIGHTER.replace("args.amount > 40", "argz.amount > 40");
    assertThat(run("policy", "preview", "-f", file(wrong))).isEqualTo(2);
    assertThat(terminal.complained()).contains("argz", "args");
    assertThat(run("policy", "preview", "-f", file(TIGHTER), "--days", "91")).isEqualTo(2);
    assertThat(terminal.complained()).contains("1 to 90");
  }

  private static String file(String text) throws IOException {
    Path file = Files.createTempFile(folder, "policy", ".yaml");
    return Files.writeString(file, text).toString();
  }

  private int run(String... words) {
    return terminal.run(
        Stream.concat(
                Stream.of(words),
                Stream.of("--server", server.steward().address(), "--token", server.token()))
            .toArray(String[]::new));
  }
}
