// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// How many spans a second are acknowledged and searchable, and how fast, beside Zipkin on the same
/// spans. Both servers share the machine with the client, one after the other.
final class IngestBench {
  private static final int SPANS_PER_SECOND = Bench.setting("BENCH_RATE", 20_000);
  private static final Duration TIME = Duration.ofSeconds(Bench.setting("BENCH_SECONDS", 60));
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration SATURATED =
      Duration.ofSeconds(Bench.setting("BENCH_SATURATED_SECONDS", 20));
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(15);
  private static final int CLIENTS = 16;
  private static final String PROTOBUF = "application/x-protobuf";

  void run(Result result) throws Exception {
    Path data = Path.of("bench", "target", "ingest-data");
    Program.delete(data);
    result.put("span_bytes", new SpanSource(0).otlp().body().length / SpanSource.SPANS);
    try (StewardServer server = StewardServer.start(data)) {
      warmUp(server);
      openLoop(server, result);
      saturated(server, result);
      StewardServer.Counts end = server.counts();
      result.put("lost", end.addUp() ? end.accepted() - end.loaded() : -1);
      result.put("rss_mb", server.program().residentBytes() >> 20);
      result.put("peak_rss_mb", server.program().peakResidentBytes() >> 20);
      result.put("cpu_s", server.program().cpuSeconds());
    }
    Program.delete(data);
    if (Bench.setting("BENCH_PEER", 1) == 0) {
      return;
    }
    try (ZipkinServer peer = ZipkinServer.start(500_000, "2g")) {
      peer.measure(result, WARM_UP, SATURATED, CLIENTS);
    } catch (IOException e) {
      System.err.println("bench: the peer is left out: " + e.getMessage());
    }
  }

  private void warmUp(StewardServer server) throws Exception {
    try (Sender sender = new Sender(server.traces(), PROTOBUF)) {
      SpanSource source = new SpanSource(1);
      sender.atRate(20, WARM_UP, () -> source.otlp().body());
      server.drained(DRAIN_LIMIT);
    }
  }

  private void openLoop(StewardServer server, Result result) throws Exception {
    StewardServer.Counts before = server.counts();
    SpanSource source = new SpanSource(2);
    long start = System.nanoTime();
    try (Sender sender = new Sender(server.traces(), PROTOBUF)) {
      double seconds =
          sender.atRate(
              (double) SPANS_PER_SECOND / SpanSource.SPANS, TIME, () -> source.otlp().body());
      long acked = (long) sender.latencies().size() * SpanSource.SPANS;
      result.put("offered_spans_per_s", SPANS_PER_SECOND);
      result.put("acked_spans_per_s", acked / seconds);
      result.put("ack_p50_ms", sender.latencies().millis(0.5));
      result.put("ack_p99_ms", sender.latencies().millis(0.99));
      result.put("ack_max_ms", sender.latencies().millis(1));
      result.put("client_late_p99_ms", sender.lateness().millis(0.99));
      result.put("refused_requests", sender.refused());
    }
    StewardServer.Counts sent = server.counts();
    result.put("backlog_spans", sent.waiting());
    StewardServer.Counts drained = server.drained(DRAIN_LIMIT);
    double seconds = (System.nanoTime() - start) / 1e9;
    result.put("drained_after_s", seconds - TIME.toSeconds());
    result.put("searchable_spans_per_s", (drained.loaded() - before.loaded()) / seconds);
  }

  private void saturated(StewardServer server, Result result) throws Exception {
    SpanSource source = new SpanSource(3);
    try (Sender sender = new Sender(server.traces(), PROTOBUF)) {
      double seconds = sender.saturate(CLIENTS, SATURATED, () -> source.otlp().body());
      long acked = (long) sender.latencies().size() * SpanSource.SPANS;
      result.put("saturated_acked_spans_per_s", acked / seconds);
      result.put("saturated_ack_p99_ms", sender.latencies().millis(0.99));
    }
    server.drained(DRAIN_LIMIT);
  }
}
