// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Kills the server under load again and again. After each kill the ledger is verified and the
/// counts and a few traces are checked; at the end every acknowledged span is looked for.
final class CrashBench {
  private static final int KILLS = Bench.setting("BENCH_KILLS", 100);
  private static final int CLIENTS = 8;
  private static final int REQUESTS_MIN = 10;
  private static final int REQUESTS_MAX = 50;
  private static final int SAMPLE = 20;
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(5);

  private final Random random = new Random(1);
  private final SpanSource source = new SpanSource(9);
  private final Path data = Path.of("bench", "target", "crash-data");
  private final Path verifyLog = Path.of("bench", "target", "crash-verify.log");
  private final List<String> acknowledged = new ArrayList<>();
  private int unproven;
  private int wrong;

  void run(Result result) throws Exception {
    Program.delete(data);
    for (int kill = 1; kill <= KILLS; kill++) {
      List<String> traces = killedUnderLoad();
      acknowledged.addAll(traces);
      Missing missing = checkAfterKill(traces);
      System.out.printf(
          "kill %d: %d spans acknowledged so far, of a sample %s%n",
          kill, acknowledged.size() * SpanSource.SPANS_IN_TRACE, missing);
    }
    try (StewardServer server = StewardServer.start(data)) {
      server.drained(DRAIN_LIMIT);
      Missing missing = look(server, acknowledged);
      result.put("kills", KILLS);
      result.put("acknowledged_spans", (long) acknowledged.size() * SpanSource.SPANS_IN_TRACE);
      result.put("lost", missing.lost());
      result.put("duplicated", missing.duplicated() + server.counts().duplicates());
    }
    result.put("counts_wrong", wrong);
    result.put("ledgers_unproven", unproven);
    Program.delete(data);
  }

  /// Spans that are not there, or there more than once.
  private record Missing(long lost, long duplicated) {}

  /// Gives the traces that were acknowledged before the kill.
  private List<String> killedUnderLoad() throws Exception {
    Queue<String> traces = new ConcurrentLinkedQueue<>();
    CountDownLatch enough = new CountDownLatch(random.nextInt(REQUESTS_MIN, REQUESTS_MAX));
    try (StewardServer server = StewardServer.start(data);
        Sender sender = new Sender(server.traces(), "application/x-protobuf")) {
      List<Thread> clients =
          sender.untilItDies(
              CLIENTS,
              source::otlp,
              request -> {
                traces.addAll(request.traces());
                enough.countDown();
              });
      if (!enough.await(2, TimeUnit.MINUTES)) {
        throw new IOException("the server acknowledges too little: " + traces.size());
      }
      server.program().kill();
      for (Thread client : clients) {
        client.join();
      }
    }
    return List.copyOf(traces);
  }

  private Missing checkAfterKill(List<String> traces) throws IOException, InterruptedException {
    int proven = Program.run(List.of("./steward", "verify", "--data", data.toString()), verifyLog);
    unproven += proven == 0 ? 0 : 1;
    try (StewardServer server = StewardServer.start(data)) {
      StewardServer.Counts counts = server.drained(DRAIN_LIMIT);
      long least = (long) acknowledged.size() * SpanSource.SPANS_IN_TRACE;
      boolean right =
          counts.addUp()
              && counts.deadLetters() == 0
              && counts.duplicates() == 0
              && counts.loaded() >= least;
      wrong += right ? 0 : 1;
      List<String> sample = new ArrayList<>(traces);
      Collections.shuffle(sample, random);
      return look(server, sample.subList(0, Math.min(SAMPLE, sample.size())));
    }
  }

  private static Missing look(StewardServer server, List<String> traces)
      throws IOException, InterruptedException {
    long lost = 0;
    long duplicated = 0;
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
    return new Missing(lost, duplicated);
  }
}
