// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import dev.steward.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A whole server with one agent whose models are answered by a scripted provider in each dialect.
public final class GatewayServer implements AutoCloseable {
  private static final String AGENT =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec: {displayName: Dana Okafor, email: dana@example.com, grants: [{role: operator}]}
      ---
      apiVersion: steward/v1
      kind: ModelProvider
      metadata: {name: openai}
      spec: {dialect: openai, url: "PROVIDER/v1", models: [gpt-5]}
      ---
      apiVersion: steward/v1
      kind: ModelProvider
      metadata: {name: anthropic}
      spec: {dialect: anthropic, url: "PROVIDER", models: [claude-sonnet-4-5]}
      ---
      apiVersion: steward/v1
      kind: ModelProvider
      metadata: {name: gemini}
      spec: {dialect: gemini, url: "PROVIDER", models: [gemini-2.5-flash]}
      ---
      apiVersion: steward/v1
      kind: ModelProvider
      metadata: {name: bedrock}
      spec: {dialect: bedrock, url: "PROVIDER", models: [amazon.nova-lite-v1]}
      ---
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: refunds, labels: {team: support}}
      spec:
        owner: dana@example.com
        purpose: Answers refund requests.
        risk: limited
        version:
          models:
            - {use: main, model: gpt-5, provider: openai}
            - {use: claude, model: claude-sonnet-4-5, provider: anthropic}
            - {use: gemini, model: gemini-2.5-flash, provider: gemini}
            - {use: nova, model: amazon.nova-lite-v1, provider: bedrock}
      """;

  private final ScriptedProvider provider = new ScriptedProvider();
  private final TestServer server;
  private final String key;

  public GatewayServer(Path folder) {
    this(folder, Map.of());
  }

  public GatewayServer(Path folder, Map<String, String> settings) {
    server = TestServer.open(folder, settings);
    server.apply(manifest());
    key =
        server
            .ask("/api/v1/keys", "{\"agent\":\"refunds\",\"environment\":\"development\"}")
            .get("key")
            .asString();
  }

  /// What is applied at the start.
  public String manifest() {
    return AGENT.replace("PROVIDER", provider.url());
  }

  public ScriptedProvider provider() {
    return provider;
  }

  public TestServer server() {
    return server;
  }

  /// The agent key of `refunds` in development.
  public String key() {
    return key;
  }

  /// Posts to the gateway with the agent's key as OpenAI's SDK sends one.
  public HttpResponse<InputStream> post(String path, String body, String... headers) {
    return postAs(key, path, body, headers);
  }

  /// Posts with another agent's key.
  public HttpResponse<InputStream> postAs(
      String agentKey, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + agentKey)
            .POST(BodyPublishers.ofString(body));
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

  /// The bytes of an answer.
  public static byte[] bytes(HttpResponse<InputStream> response) {
    try (InputStream in = response.body()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The newest run with its spans, once so many model calls are loaded in all runs.
  public JsonNode newestRun(int calls) {
    server.await(
        calls + " model calls are loaded",
        () -> {
          int seen = 0;
          for (JsonNode run : runs()) {
            for (JsonNode span : run(run).get("spans")) {
              seen += model(span) ? 1 : 0;
            }
          }
          return seen >= calls && server.json("/api/v1/ingest").get("waiting").asLong() == 0;
        });
    return run(runs().get(0));
  }

  /// The span of the newest call of the newest run, once so many calls are loaded.
  public JsonNode newestSpan(long loaded) {
    JsonNode found = null;
    for (JsonNode span : newestRun((int) loaded).get("spans")) {
      found = model(span) ? span : found;
    }
    return java.util.Objects.requireNonNull(found);
  }

  /// All runs, the newest first.
  public JsonNode runs() {
    return server.json("/api/v1/runs?limit=100").get("items");
  }

  private JsonNode run(JsonNode run) {
    return server.json("/api/v1/runs/" + run.get("id").asString());
  }

  private static boolean model(JsonNode span) {
    return span.get("kind").asString().equals("MODEL");
  }

  @Override
  public void close() {
    server.close();
    provider.close();
  }
}
