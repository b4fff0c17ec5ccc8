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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Starts a server on an empty folder, asks it what a first visitor asks, and stops: the classes
/// loaded on that way are what the launcher keeps in its cache.
@Command(name = "warm-up", hidden = true)
public final class WarmUpCommand implements Callable<Integer> {
  private static final String TRACE =
      """
      {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"warm-up"}}]},
      "scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",
      "name":"chat gpt-5","kind":3,"startTimeUnixNano":"1763700000000000000","endTimeUnixNano":"1763700001500000000",
      "attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
      {"key":"gen_ai.request.model","value":{"stringValue":"gpt-5"}},
      {"key":"gen_ai.usage.input_tokens","value":{"intValue":"120"}},
      {"key":"gen_ai.usage.output_tokens","value":{"intValue":"12"}}]}]}]}]}
      """;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final List<String> VISITED =
      List.of("/readyz", "/login", "/api/v1/runs", "/api/v1/ingest", "/api/v1/agents", "/runs");

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("steward-warm-up-");
    try {
      try (Steward steward = open(folder)) {
        visit(steward, Files.readString(new DataFolder(folder).adminToken()).strip());
      }
      // A second start reads what the first has written.
      try (Steward steward = open(folder)) {
        awaitHistory(steward);
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

  private static void visit(Steward steward, String token)
      throws IOException, InterruptedException {
    URI home = URI.create(steward.address());
    ServerConnection connection = new ServerConnection(home, token);
    DemoRegistrar registrar = new DemoRegistrar(connection);
    registrar.declare("http://127.0.0.1:9", "never asked", "http://127.0.0.1:9/mcp");
    String key = registrar.keys().values().iterator().next();
    new ServerConnection(home, key)
        .post("/v1/traces", "application/json", TRACE.getBytes(StandardCharsets.UTF_8));
    awaitHistory(steward);
    VISITED.forEach(connection::download);
  }

  private static void awaitHistory(Steward steward) throws InterruptedException {
    if (!steward.awaitHistory(PATIENCE)) {
      throw new IllegalStateException("history was not attached within " + PATIENCE);
    }
  }
}
