// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How soon the server is ready on the demo's data, its launcher included, and what it holds of
/// memory when nobody asks it anything.
final class StartupBench {
  private static final int STARTS = Bench.setting("BENCH_STARTS", 9);
  private static final Duration IDLE = Duration.ofSeconds(Bench.setting("BENCH_IDLE_SECONDS", 60));
  private static final Duration HISTORY_LIMIT = Duration.ofMinutes(1);

  void run(Result result) throws Exception {
    Path data = DemoData.fresh();
    // The first start after the data was made finds a journal to end and a cold page cache.
    start(data).close();
    List<Double> ready = new ArrayList<>();
    List<Double> history = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      long began = System.nanoTime();
      try (StewardServer server = start(data)) {
        ready.add(server.readyMillis());
        server.awaitHistory(HISTORY_LIMIT);
        history.add((System.nanoTime() - began) / 1e6);
      }
    }
    result.put("ready_ms", Latencies.middle(ready));
    result.put("ready_max_ms", ready.stream().mapToDouble(Double::doubleValue).max().orElse(0));
    result.put("history_attached_ms", Latencies.middle(history));
    result.put("starts", STARTS);
    try (StewardServer server = start(data)) {
      server.awaitHistory(HISTORY_LIMIT);
      result.put("spans", server.counts().loaded());
      double before = server.program().cpuSeconds();
      Program.pause(IDLE);
      result.put("idle_rss_mb", server.program().residentBytes() >> 20);
      result.put(
          "idle_cpu_percent", 100 * (server.program().cpuSeconds() - before) / IDLE.toSeconds());
    }
  }

  private static StewardServer start(Path data) throws IOException {
    return StewardServer.start(data);
  }
}
