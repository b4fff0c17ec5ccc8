// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// How fast a full store answers, how large it is, and what storing a conversation once saves; for
/// what Zipkin answers too, beside it on the same spans.
final class StoreBench {
  private static final int PEER_SPANS = Bench.setting("BENCH_PEER_SPANS", 1_000_000);
  private static final Duration HISTORY_LIMIT = Duration.ofMinutes(2);

  void run(Result result) throws Exception {
    Path data = StoredData.fill(result);
    result.put("spans", StoredData.SPANS + StoredData.LONG_RUN);
    result.put(
        "bytes_per_span",
        (double) Program.size(data.resolve("spans")) / (StoredData.SPANS + StoredData.LONG_RUN));
    ask(data, result);
    new Savings().run(result);
    if (Bench.setting("BENCH_PEER", 1) == 1) {
      askPeer(result);
    }
  }

  private static void ask(Path data, Result result) throws Exception {
    try (StewardServer server = StewardServer.start(data)) {
      server.awaitHistory(HISTORY_LIMIT);
      List<String> ids = someRuns(StoredData.runs());
      result.put("newest_runs_ms", Asked.middle(server::bytes, List.of("/api/v1/runs?limit=50")));
      result.put(
          "run_by_id_ms",
          Asked.middle(server::bytes, ids.stream().map(id -> "/api/v1/runs/" + id).toList()));
      result.put(
          "cost_by_agent_day_ms",
          Asked.middle(server::bytes, List.of("/api/v1/cost?by=agent,day")));
      String marathon = "/api/v1/runs/" + StoredData.longTrace();
      int spans = server.get(marathon).required("spans").size();
      if (spans != StoredData.LONG_RUN) {
        throw new IOException("the long run has " + spans + " spans");
      }
      result.put("run_10k_spans_ms", Asked.middle(server::bytes, List.of(marathon)));
      result.put("run_10k_json_mb", server.bytes(marathon).length / 1e6);
      result.put(
          "run_10k_page_ms",
          Asked.middle(server::bytes, List.of("/runs/" + StoredData.longTrace())));
      result.put("rss_mb", server.program().residentBytes() >> 20);
    }
  }

  private static List<String> someRuns(long runs) {
    Random random = new Random(5);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      ids.add(StoredRuns.traceId(runs - random.nextLong(Math.min(runs, 1L << 40))));
    }
    return ids;
  }

  /// The newest of the same runs, and the long one, as many as its memory is meant to hold here.
  private static void askPeer(Result result) throws Exception {
    int runs = Math.min(PEER_SPANS, StoredData.SPANS) / StoredRuns.SPANS_IN_RUN;
    int spans = runs * StoredRuns.SPANS_IN_RUN + StoredData.LONG_RUN;
    StoredRuns source = new StoredRuns(StoredData.runs(), Instant.now().minusSeconds(60));
    try (ZipkinServer peer = ZipkinServer.start(spans + spans / 10, "8g")) {
      long last = StoredData.runs();
      peer.fill(source, last - runs + 1, last, StoredData.LONG_RUN);
      result.put("peer_spans", peer.stored());
      List<String> ids = new ArrayList<>();
      Random random = new Random(5);
      for (int i = 0; i < 25; i++) {
        ids.add("/api/v2/trace/" + StoredRuns.traceId(last - random.nextInt(runs)));
      }
      result.put(
          "peer_newest_traces_ms",
          Asked.middle(peer::bytes, List.of("/api/v2/traces?limit=50&lookback=345600000")));
      result.put("peer_trace_by_id_ms", Asked.middle(peer::bytes, ids));
      result.put(
          "peer_trace_10k_spans_ms",
          Asked.middle(peer::bytes, List.of("/api/v2/trace/" + StoredData.longTrace())));
      result.put("peer_rss_mb", peer.residentBytes() >> 20);
    } catch (IOException e) {
      System.err.println("bench: the peer is left out: " + e.getMessage());
    }
  }
}
