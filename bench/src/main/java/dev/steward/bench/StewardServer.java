// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real `./steward up` on a folder, and its API.
final class StewardServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Program program;
  private final URI base;
  private final String token;
  private final double readyMillis;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private StewardServer(Program program, URI base, String token, double readyMillis) {
    this.program = program;
    this.base = base;
    this.token = token;
    this.readyMillis = readyMillis;
  }

  static StewardServer start(Path data) throws IOException {
    long began = System.nanoTime();
    Program program = launch(data);
    try {
      String ready = program.awaitLine("ready ");
      double readyMillis = (System.nanoTime() - began) / 1e6;
      URI base = URI.create(ready.substring("ready ".length()).strip());
      String token = Files.readString(data.resolve("admin-token")).strip();
      return new StewardServer(program, base, token, readyMillis);
    } catch (IOException e) {
      program.close();
      throw e;
    }
  }

  /// Starts it without waiting until it is ready.
  static Program launch(Path data) throws IOException {
    Files.createDirectories(data);
    Path errors = data.resolveSibling(data.getFileName() + ".log");
    List<String> command =
        List.of("./steward", "up", "--data", data.toString(), "--bind", "127.0.0.1", "--port");
    List<String> ports =
        List.of(
            "" + Program.freePort(),
            "--otlp-http",
            "" + Program.freePort(),
            "--otlp-grpc",
            "" + Program.freePort());
    return Program.start(
        Stream.concat(command.stream(), ports.stream()).toList(), Map.of(), errors);
  }

  /// From the launcher's start to the line `ready`.
  double readyMillis() {
    return readyMillis;
  }

  Program program() {
    return program;
  }

  int port() {
    return base.getPort();
  }

  URI traces() {
    return base.resolve("/v1/traces");
  }

  /// Where all accepted spans are.
  record Counts(long accepted, long loaded, long waiting, long deadLetters, long duplicates) {
    boolean addUp() {
      return accepted == loaded + waiting + deadLetters + duplicates;
    }
  }

  Counts counts() throws IOException, InterruptedException {
    JsonNode counts = get("/api/v1/ingest");
    return new Counts(
        counts.required("accepted").asLong(),
        counts.required("loaded").asLong(),
        counts.required("waiting").asLong(),
        counts.required("deadLetters").asLong(),
        counts.required("duplicates").asLong());
  }

  /// Waits until nothing waits in the journal.
  Counts drained(Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    Counts counts = counts();
    while (counts.waiting() > 0) {
      if (System.nanoTime() > deadline) {
        throw new IOException("not drained within " + limit + ": " + counts);
      }
      Program.pause(Duration.ofMillis(50));
      counts = counts();
    }
    return counts;
  }

  /// The API's answer; while the server is still opening its history, it is asked again.
  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(bytes(path));
  }

  /// The same as it came: JSON, or a page.
  byte[] bytes(String path) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      HttpResponse<byte[]> response = answer(asked(path).build());
      if (response.statusCode() == 200) {
        return response.body();
      }
      if (response.statusCode() != 503 || System.nanoTime() > deadline) {
        throw new IOException(path + " -> " + response.statusCode() + " " + text(response));
      }
      Program.pause(Duration.ofMillis(50));
    }
  }

  /// What it answers to a change; the change is durable when this returns.
  JsonNode post(String path, String contentType, String body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        answer(
            asked(path)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(path + " -> " + response.statusCode() + " " + text(response));
    }
    return JSON.readTree(response.body());
  }

  void put(String path, String contentType, String body) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        answer(
            asked(path)
                .header("Content-Type", contentType)
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(path + " -> " + response.statusCode() + " " + text(response));
    }
  }

  private HttpRequest.Builder asked(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<byte[]> answer(HttpRequest request)
      throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /// Waits until what was stored can be asked.
  void awaitHistory(Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!get("/readyz").path("history").asString("").equals("attached")) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the history is not attached within " + limit);
      }
      Program.pause(Duration.ofMillis(20));
    }
  }

  @Override
  public void close() {
    program.close();
    client.close();
  }
}
