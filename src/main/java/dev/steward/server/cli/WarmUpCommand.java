// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.server.client.ServerConnection;
import dev.steward.server.config.ConfigReader;
import dev.steward.server.folder.DataFolder;
import dev.steward.server.wiring.Steward;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Starts a server on an empty folder, tells it of a run, starts again and asks what visitors ask:
/// the classes loaded and the ways walked there are what the launcher keeps in its cache.
@Command(name = "warm-up", hidden = true)
public final class WarmUpCommand implements Callable<Integer> {
  private static final String TRACE_ID = "5b8efff798038103d269b633813fc60c";
  private static final String RUN = "/runs/" + TRACE_ID;

  private static final String AGENT =
      """
      {"key":"gen_ai.operation.name","value":{"stringValue":"invoke_agent"}},
      {"key":"gen_ai.agent.name","value":{"stringValue":"warm-up"}}
      """;

  private static final String MODEL =
      """
      {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
      {"key":"gen_ai.request.model","value":{"stringValue":"gpt-5"}},
      {"key":"gen_ai.usage.input_tokens","value":{"intValue":"120"}},
      {"key":"gen_ai.usage.output_tokens","value":{"intValue":"12"}},
      {"key":"gen_ai.input.messages","value":{"stringValue":"[{\\"role\\":\\"user\\",\\"parts\\":[{\\"type\\":\\"text\\",\\"content\\":\\"page %1$d\\"}]}]"}},
      {"key":"gen_ai.output.messages","value":{"stringValue":"[{\\"role\\":\\"assistant\\",\\"parts\\":[{\\"type\\":\\"text\\",\\"content\\":\\"read %1$d\\"}]}]"}}
      """;

  private static final String TOOL =
      """
      {"key":"gen_ai.operation.name","value":{"stringValue":"execute_tool"}},
      {"key":"gen_ai.tool.name","value":{"stringValue":"fetch"}},
      {"key":"gen_ai.tool.call.arguments","value":{"stringValue":"{\\"page\\":%d}"}}
      """;

  private static final long STEP_NANOS = 1_000_000_000L;

  /// Enough that its run is read in parts.
  private static final int STEPS = 2_000;

  /// The compiler keeps what it has learnt of a path only where that was walked often.
  private static final int ROUNDS = 20;

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LOOKED_EVERY = Duration.ofMillis(50);
  private static final List<String> VISITED =
      List.of(
          "/readyz",
          "/login",
          "/api/v1/ingest",
          "/api/v1/agents",
          "/api/v1/runs?limit=50",
          "/api/v1" + RUN,
          "/api/v1/cost?by=agent,day",
          "/now",
          "/fleet",
          "/runs",
          RUN,
          RUN + "/waterfall",
          "/cost");

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("steward-warm-up-");
    try {
      try (Steward steward = open(folder)) {
        tell(steward, connection(steward, folder));
      }
      // A second start reads what the first has written.
      try (Steward steward = open(folder)) {
        awaitHistory(steward);
        ServerConnection connection = connection(steward, folder);
        for (int round = 0; round < ROUNDS; round++) {
          VISITED.forEach(connection::download);
        }
      }
    } finally {
      Folders.delete(folder);
    }
    return 0;
  }

  private static Steward open(Path folder) {
    Map<String, String> keys =
        Map.of(
            "data", folder.toString(),
            "http.port", "0",
            "otlp.http-port", "0",
            "otlp.grpc-port", "0");
    return Steward.open(ConfigReader.load(null, Map.of(), keys), Clock.systemUTC(), _ -> {});
  }

  private static ServerConnection connection(Steward steward, Path folder) throws IOException {
    String token = Files.readString(new DataFolder(folder).adminToken()).strip();
    return new ServerConnection(URI.create(steward.address()), token);
  }

  private static void tell(Steward steward, ServerConnection connection)
      throws InterruptedException {
    DemoRegistrar registrar = new DemoRegistrar(connection);
    registrar.declare("http://127.0.0.1:9", "never asked", "http://127.0.0.1:9/mcp");
    String key = registrar.keys().values().iterator().next();
    new ServerConnection(URI.create(steward.address()), key)
        .post("/v1/traces", "application/json", trace().getBytes(StandardCharsets.UTF_8));
    awaitHistory(steward);
    awaitLoaded(connection);
  }

  /// What is not loaded yet is not there after the next start either, and a visit of it would fail.
  private static void awaitLoaded(ServerConnection connection) throws InterruptedException {
    Instant latest = Instant.now().plus(PATIENCE);
    while (connection.get("/api/v1/ingest").path("loaded").asLong() <= STEPS) {
      if (Instant.now().isAfter(latest)) {
        throw new IllegalStateException("the run was not loaded within " + PATIENCE);
      }
      Thread.sleep(LOOKED_EVERY);
    }
  }

  /// An agent that asks its model and calls its tool in turns, until now: what is past retention
  /// would be deleted before anybody visits it.
  private static String trace() {
    long began = (Instant.now().getEpochSecond() - STEPS - 2) * STEP_NANOS;
    List<String> spans = new ArrayList<>();
    spans.add(span(0, began, "invoke_agent warm-up", AGENT));
    for (int step = 1; step <= STEPS; step++) {
      boolean asks = step % 2 == 1;
      String attributes = (asks ? MODEL : TOOL).formatted(step);
      spans.add(span(step, began, asks ? "chat gpt-5" : "execute_tool fetch", attributes));
    }
    return """
    {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"warm-up"}}]},
    "scopeSpans":[{"spans":[%s]}]}]}
    """
        .formatted(String.join(",", spans));
  }

  private static String span(int step, long began, String name, String attributes) {
    String parent = step == 0 ? "" : "%016x".formatted(1);
    long begins = began + step * STEP_NANOS;
    long ends = step == 0 ? began + (STEPS + 1) * STEP_NANOS : begins + STEP_NANOS;
    return """
    {"traceId":"%s","spanId":"%016x","parentSpanId":"%s","name":"%s","kind":3,
    "startTimeUnixNano":"%d","endTimeUnixNano":"%d","attributes":[%s]}
    """
        .formatted(TRACE_ID, step + 1, parent, name, begins, ends, attributes);
  }

  private static void awaitHistory(Steward steward) throws InterruptedException {
    if (!steward.awaitHistory(PATIENCE)) {
      throw new IllegalStateException("history was not attached within " + PATIENCE);
    }
  }
}
