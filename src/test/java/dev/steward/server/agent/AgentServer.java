// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import dev.steward.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A whole server with agents that have real endpoints: `planner` delegates to `worker`, and
/// `worker` to `clerk`; `worker` falls back to `spare`.
final class AgentServer implements AutoCloseable {
  private static final String PERSON =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec: {displayName: Dana Okafor, email: dana@example.com, grants: [{role: operator}]}
      ---
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: delegation}
      spec:
        rules:
          - {delegates: ['worker', 'clerk', 'planner'], effect: allow}
      """;

  TestServer server;
  private final Path folder;
  private final Map<String, String> settings;
  final ScriptedAgent worker = new ScriptedAgent();
  final ScriptedAgent clerk = new ScriptedAgent();
  final ScriptedAgent spare = new ScriptedAgent();
  final ScriptedAgent planner = new ScriptedAgent();

  AgentServer(Path folder) {
    this(folder, Map.of());
  }

  AgentServer(Path folder, Map<String, String> settings) {
    this.folder = folder;
    this.settings = settings;
    server = TestServer.open(folder, settings);
    server.apply(
        String.join(
            "---\n",
            PERSON,
            agent("spare", endpoint(spare), ""),
            agent("clerk", endpoint(clerk), "orchestration: {delegates: [planner]}"),
            agent(
                "worker", endpoint(worker), "orchestration: {delegates: [clerk], fallback: spare}"),
            agent("planner", endpoint(planner), "orchestration: {delegates: [worker]}"),
            agent("stranger", "", "")));
  }

  static String endpoint(ScriptedAgent agent) {
    return "code: {endpoint: {url: \"" + agent.url() + "/base\"}}";
  }

  static String agent(String name, String... artefacts) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("apiVersion: steward/v1\nkind: Agent\nmetadata: {name: ").append(name);
    yaml.append("}\nspec:\n  owner: dana@example.com\n  purpose: Works.\n  risk: minimal\n");
    yaml.append("  version:\n    memory: {of: ").append(name).append("}\n");
    for (String artefact : artefacts) {
      if (!artefact.isEmpty()) {
        yaml.append("    ").append(artefact).append('\n');
      }
    }
    return yaml.toString();
  }

  /// A new key of the agent in development.
  String key(String agent) {
    return key(agent, "development");
  }

  String key(String agent, String environment) {
    return server
        .ask(
            "/api/v1/keys",
            "{\"agent\":\"%s\",\"environment\":\"%s\"}".formatted(agent, environment))
        .get("key")
        .asString();
  }

  Text get(String key, String path, String... headers) {
    return text(send(key, "GET", path, BodyPublishers.noBody(), headers));
  }

  Text post(String key, String path, String body, String... headers) {
    return text(send(key, "POST", path, BodyPublishers.ofString(body), headers));
  }

  /// An answer that may still be on its way.
  HttpResponse<InputStream> send(
      String key, String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .version(HttpClient.Version.HTTP_1_1)
            .method(method, body);
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return server.client().send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static Text text(HttpResponse<InputStream> answer) {
    try (InputStream in = answer.body()) {
      return new Text(
          answer.statusCode(),
          answer.headers(),
          new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A whole answer.
  record Text(int status, HttpHeaders headers, String body) {
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  /// All spans of the runs that are loaded.
  List<JsonNode> spans() {
    List<JsonNode> spans = new ArrayList<>();
    for (JsonNode run : server.json("/api/v1/runs?limit=100").path("items")) {
      server.json("/api/v1/runs/" + run.path("id").asString()).path("spans").forEach(spans::add);
    }
    return spans;
  }

  /// Attributes of the span with all that is known of it.
  JsonNode detail(JsonNode span) {
    return server.json(
        "/api/v1/runs/"
            + span.path("traceId").asString()
            + "/spans/"
            + span.path("spanId").asString());
  }

  /// The server ends and begins anew; the agents go on.
  void restart() {
    server.close();
    server = TestServer.open(folder, settings);
  }

  @Override
  public void close() {
    server.close();
    worker.close();
    clerk.close();
    spare.close();
    planner.close();
  }
}
