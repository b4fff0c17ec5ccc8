// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;

/// Kills the server under load again and again, and looks for every acknowledged span.
final class CrashBench {
  private static final int KILLS = Bench.setting("BENCH_KILLS", 100);
  private static final int CLIENTS = 8;
  private static final long LOAD_MILLIS_MIN = 200;
  private static final long LOAD_MILLIS_MAX = 1_200;
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(5);

  private final Random random = new Random(1);
  private final SpanSource source = new SpanSource(9);
  private final Path data = Path.of("bench", "target", "crash-data");
  private final Path verifyLog = Path.of("bench", "target", "crash-verify.log");
  private int unproven;
  private int wrongSums;
  private long lost;
  private long duplicated;

  void run(Result result) throws Exception {
    Program.delete(data);
    long acknowledged = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      List<String> traces = killedUnderLoad();
      acknowledged += (long) traces.size() * SpanSource.SPANS_IN_TRACE;
      check(traces);
      System.out.printf(
          "kill %d: %d spans acknowledged, lost %d, duplicated %d%n",
          kill, acknowledged, lost, duplicated);
    }
    result.put("kills", KILLS);
    result.put("acknowledged_spans", acknowledged);
    result.put("lost", lost);
    result.put("duplicated", duplicated);
    result.put("counts_wrong", wrongSums);
    result.put("ledgers_unproven", unproven);
    Program.delete(data);
  }

  /// Gives the traces that were acknowledged before the kill.
  private List<String> killedUnderLoad() throws Exception {
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    StewardServer server = StewardServer.start(data);
    try (Sender sender = new Sender(server.traces(), "application/x-protobuf")) {
      List<Thread> clients =
          sender.untilItDies(
              CLIENTS, source::otlp, request -> acknowledged.addAll(request.traces()));
      Program.pause(Duration.ofMillis(random.nextLong(LOAD_MILLIS_MIN, LOAD_MILLIS_MAX)));
      server.program().kill();
      for (Thread client : clients) {
        client.join();
      }
    }
    server.close();
    return List.copyOf(acknowledged);
  }

  private void check(List<String> traces) throws IOException, InterruptedException {
    int proven = Program.run(List.of("./steward", "verify", "--data", data.toString()), verifyLog);
    unproven += proven == 0 ? 0 : 1;
    try (StewardServer server = StewardServer.start(data)) {
      StewardServer.Counts counts = server.drained(DRAIN_LIMIT);
      boolean right = counts.addUp() && counts.deadLetters() == 0 && counts.duplicates() == 0;
      wrongSums += right ? 0 : 1;
      for (String trace : traces) {
        Set<String> found = new HashSet<>();
        int rows = 0;
        for (JsonNode span : server.get("/api/v1/runs/" + trace).required("spans")) {
          found.add(span.required("spanId").asString());
          rows++;
        }
        lost += SpanSource.SPANS_IN_TRACE - found.size();
        duplicated += rows - found.size();
      }
    }
  }
}
