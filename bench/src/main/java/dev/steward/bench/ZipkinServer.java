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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Zipkin's own server with its storage in memory: the peer. It acknowledges before it stores and
/// syncs nothing, so its rate is one for less work.
final class ZipkinServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path FOLDER = Path.of("bench", "target", "peer");

  private final Program program;
  private final URI base;
  private final HttpClient client = HttpClient.newHttpClient();

  private ZipkinServer(Program program, URI base) {
    this.program = program;
    this.base = base;
  }

  /// @param spansMax what its storage keeps
  /// @param heap such as `2g`
  static ZipkinServer start(int spansMax, String heap) throws IOException, InterruptedException {
    Path jar;
    if (!Files.isDirectory(FOLDER)) {
      throw new IOException("no Zipkin jar in " + FOLDER);
    }
    try (Stream<Path> jars = Files.list(FOLDER)) {
      jar =
          jars.filter(file -> file.toString().endsWith("exec.jar"))
              .findFirst()
              .orElseThrow(() -> new IOException("no Zipkin jar in " + FOLDER));
    }
    int port = Program.freePort();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Program program =
        Program.start(
            List.of(java, "-Xmx" + heap, "-jar", jar.toString()),
            Map.of(
                "QUERY_PORT",
                "" + port,
                "STORAGE_TYPE",
                "mem",
                "MEM_MAX_SPANS",
                "" + spansMax,
                "SELF_TRACING_ENABLED",
                "false"),
            FOLDER.resolve("zipkin.log"));
    program.quiet();
    ZipkinServer server = new ZipkinServer(program, URI.create("http://127.0.0.1:" + port));
    try {
      server.awaitHealthy();
    } catch (IOException e) {
      server.close();
      throw e;
    }
    return server;
  }

  void measure(Result result, Duration warmUp, Duration time, int clients)
      throws IOException, InterruptedException {
    SpanSource source = new SpanSource(4);
    try (Sender sender = new Sender(base.resolve("/api/v2/spans"), "application/json")) {
      sender.saturate(4, warmUp, () -> source.zipkin().body());
    }
    long before = stored();
    try (Sender sender = new Sender(base.resolve("/api/v2/spans"), "application/json")) {
      double seconds = sender.saturate(clients, time, () -> source.zipkin().body());
      result.put("peer_spans_per_s", (stored() - before) / seconds);
      result.put("peer_ack_p99_ms", sender.latencies().millis(0.99));
      result.put("peer_refused_requests", sender.refused());
    }
  }

  /// Sends runs of these numbers and the long one behind the last of all.
  void fill(StoredRuns source, long first, long last, int longRun)
      throws IOException, InterruptedException {
    try (Sender sender = new Sender(base.resolve("/api/v2/spans"), "application/json")) {
      Semaphore underWay = new Semaphore(2);
      for (long run = first; run <= last; run += 25) {
        List<WireSpan> spans = new ArrayList<>();
        for (long each = run; each < Math.min(run + 25, last + 1); each++) {
          spans.addAll(source.run(each));
        }
        sender.sendBehind(Wire.zipkin(spans), underWay);
      }
      List<WireSpan> marathon = source.longRun(last + 1, longRun);
      for (int from = 0; from < marathon.size(); from += 500) {
        sender.sendBehind(
            Wire.zipkin(marathon.subList(from, Math.min(from + 500, marathon.size()))), underWay);
      }
      underWay.acquire(2);
    }
  }

  long residentBytes() throws IOException {
    return program.residentBytes();
  }

  /// Spans collected and not dropped, by its own counters.
  long stored() throws IOException, InterruptedException {
    JsonNode counters = JSON.readTree(get("/metrics"));
    return counters.path("counter.zipkin_collector.spans.http").asLong()
        - counters.path("counter.zipkin_collector.spans_dropped.http").asLong();
  }

  private void awaitHealthy() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (true) {
      try {
        get("/health");
        return;
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw new IOException("Zipkin does not start; see " + FOLDER + "/zipkin.log", e);
        }
        Program.pause(Duration.ofMillis(200));
      }
    }
  }

  byte[] bytes(String path) throws IOException, InterruptedException {
    return get(path).getBytes(StandardCharsets.UTF_8);
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(path + " -> " + response.statusCode());
    }
    return response.body();
  }

  @Override
  public void close() {
    program.close();
    client.shutdownNow();
  }
}
