// SPDX-License-Identifier: Apache-2.0
package dev.steward.server;

import dev.steward.server.config.ConfigReader;
import dev.steward.server.config.ServerConfig;
import dev.steward.server.history.HistoryStatus;
import dev.steward.server.wiring.Steward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A whole server on free ports and a folder of its own, and a client that has its admin token.
public final class TestServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final Steward steward;
  private final String token;
  private final ConcurrentLinkedQueue<String> fatal = new ConcurrentLinkedQueue<>();
  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  private TestServer(Path folder, Map<String, String> settings, InstantSource clock) {
    this.folder = folder;
    this.steward = Steward.open(config(folder, settings), clock, fatal::add);
    try {
      this.token = Files.readString(folder.resolve("admin-token")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ServerConfig config(Path folder, Map<String, String> settings) {
    Map<String, String> keys =
        new HashMap<>(
            Map.of(
                "data", folder.toString(),
                "http.port", "0",
                "otlp.http-port", "0",
                "otlp.grpc-port", "0",
                "http.drain", "100ms",
                "store.memory", "128MiB",
                "ingest.flush-after", "50ms"));
    keys.putAll(settings);
    return ConfigReader.load(null, Map.of(), keys);
  }

  /// Opens a server whose history may not be attached.
  public static TestServer openWithoutHistory(Path folder) {
    return new TestServer(folder, Map.of(), Clock.systemUTC());
  }

  /// Opens a server and waits until its history is attached.
  public static TestServer open(Path folder, Map<String, String> settings) {
    return open(folder, settings, Clock.systemUTC());
  }

  /// One whose days are not ours.
  public static TestServer open(Path folder, Map<String, String> settings, InstantSource clock) {
    TestServer server = new TestServer(folder, settings, clock);
    server.await(
        "history is attached", () -> server.steward.history() instanceof HistoryStatus.Attached);
    return server;
  }

  public static TestServer open(Path folder) {
    return open(folder, Map.of());
  }

  public Steward steward() {
    return steward;
  }

  public Path folder() {
    return folder;
  }

  public String token() {
    return token;
  }

  public HttpClient client() {
    return http;
  }

  public URI uri(String path) {
    return URI.create(steward.address() + path);
  }

  public URI otlpUri(String path) {
    return URI.create("http://127.0.0.1:" + steward.otlpHttpPort() + path);
  }

  /// A request with the admin token.
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
  }

  public HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET().build());
  }

  public JsonNode json(String path) {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return JsonMapper.shared().readTree(response.body());
  }

  public HttpResponse<String> delete(String path) {
    return send(request(path).DELETE().build());
  }

  public HttpResponse<String> post(String path, String contentType, String body) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  public HttpResponse<String> postJson(String path, String body) {
    return post(path, "application/json", body);
  }

  /// Answers for a call as the declared person does, with a token of their own.
  public JsonNode answerAs(String person, String approval, String body) {
    String own =
        ask(
                "/api/v1/tokens",
                "{\"person\":\"%s\",\"purpose\":\"test\",\"grants\":[{\"role\":\"approver\"}]}"
                    .formatted(person))
            .get("token")
            .asString();
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(uri("/api/v1/approvals/" + approval))
                .header("Authorization", "Bearer " + own)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    if (response.statusCode() != 200) {
      throw new AssertionError(approval + ": " + response.statusCode() + " " + response.body());
    }
    return JsonMapper.shared().readTree(response.body());
  }

  /// Posts the JSON and gives the answer's JSON, which must be a success.
  public JsonNode ask(String path, String body) {
    HttpResponse<String> response = postJson(path, body);
    if (response.statusCode() / 100 != 2) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return JsonMapper.shared().readTree(response.body());
  }

  public JsonNode apply(String yaml) {
    HttpResponse<String> response = post("/api/v1/apply", "application/yaml", yaml);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return JsonMapper.shared().readTree(response.body());
  }

  /// Waits for a condition, with a deadline.
  public void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline || !fatal.isEmpty()) {
        throw new AssertionError("waited in vain until " + what + " " + fatal);
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /// Waits until every accepted span has been loaded.
  public void awaitLoaded(long accepted) {
    await(
        accepted + " spans are accepted and none waits",
        () -> {
          JsonNode counts = json("/api/v1/ingest");
          return counts.get("accepted").asLong() == accepted && counts.get("waiting").asLong() == 0;
        });
  }

  @Override
  public void close() {
    http.shutdownNow();
    steward.close();
  }
}
