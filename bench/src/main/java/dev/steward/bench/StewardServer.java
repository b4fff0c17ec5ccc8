// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real `./steward up` on a folder, and its API.
final class StewardServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Program program;
  private final URI base;
  private final String token;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private StewardServer(Program program, URI base, String token) {
    this.program = program;
    this.base = base;
    this.token = token;
  }

  static StewardServer start(Path data) throws IOException {
    Files.createDirectories(data);
    Path errors = data.resolveSibling(data.getFileName() + ".log");
    List<String> command =
        List.of(
            "./steward",
            "up",
            "--data",
            data.toString(),
            "--port",
            "" + Program.freePort(),
            "--otlp-http",
            "" + Program.freePort(),
            "--otlp-grpc",
            "" + Program.freePort());
    Program program = Program.start(command, Map.of(), errors);
    String ready = program.awaitLine("ready ");
    URI base = URI.create(ready.substring("ready ".length()).strip());
    String token = Files.readString(data.resolve("admin-token")).strip();
    return new StewardServer(program, base, token);
  }

  Program program() {
    return program;
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
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      HttpRequest request =
          HttpRequest.newBuilder(base.resolve(path))
              .header("Authorization", "Bearer " + token)
              .build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        return JSON.readTree(response.body());
      }
      if (response.statusCode() != 503 || System.nanoTime() > deadline) {
        throw new IOException(path + " -> " + response.statusCode() + " " + response.body());
      }
      Program.pause(Duration.ofMillis(50));
    }
  }

  @Override
  public void close() {
    program.close();
    client.close();
  }
}
