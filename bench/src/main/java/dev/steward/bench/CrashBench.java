// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// Kills the server again and again: under load at random moments, in the middle of the loader's
/// commits and of the ledger's writes, and while it starts. After each kill the ledger is verified
/// offline, the next server's counts must add up, and everything acknowledged since the last check
/// is looked for; at the end everything ever acknowledged is.
final class CrashBench {
  private static final int KILLS = Bench.setting("BENCH_KILLS", 100);
  private static final int CLIENTS = 8;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final long LOAD_MILLIS_MAX = 1_500;
  private static final long START_MILLIS_MAX = 2_500;

  /// When a kill comes.
  private enum Moment {
    /// Any, while telemetry and commands come in.
    UNDER_LOAD,
    /// The span store has just begun to write.
    SPANS_WRITTEN,
    /// The ledger has just begun to write.
    LEDGER_WRITTEN,
    /// Any between the start of the process and a while after it is ready.
    STARTING
  }

  private final Random random = new Random(1);
  private final SpanSource source = new SpanSource(9);
  private final Path data = Path.of("bench", "target", "crash-data");
  private final Path verifyLog = Path.of("bench", "target", "crash-verify.log");
  private final CommandLoad commands = new CommandLoad();
  private final CrashChecks checks = new CrashChecks(commands);
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

  void run(Result result) throws Exception {
    Program.delete(data);
    long[] kills = new long[Moment.values().length];
    StewardServer server = StewardServer.start(data);
    try {
      for (int cycle = 0, kill = 0; kill < KILLS; cycle++) {
        Moment moment = Moment.values()[cycle % Moment.values().length];
        killed(server, moment == Moment.STARTING ? Moment.UNDER_LOAD : moment);
        if (moment == Moment.STARTING) {
          killedWhileStarting();
          kills[Moment.UNDER_LOAD.ordinal()]++;
        }
        kills[moment.ordinal()]++;
        kill = (int) Arrays.stream(kills).sum();
        checks.ledger(Program.run(verify(), verifyLog));
        server = StewardServer.start(data);
        int seen = checks.afterKill(server, drain(), random);
        System.out.printf("kill %d (%s): %d traces checked, %s%n", kill, moment, seen, checks);
      }
      checks.everything(server);
      for (Moment moment : Moment.values()) {
        result.put("kills_" + moment.name().toLowerCase(Locale.ROOT), kills[moment.ordinal()]);
      }
      result.put("kills", Arrays.stream(kills).sum());
      checks.tell(result);
    } finally {
      server.close();
    }
    Program.delete(data);
  }

  private List<String> verify() {
    return List.of("./steward", "verify", "--data", data.toString());
  }

  private List<String> drain() {
    List<String> traces = new ArrayList<>();
    for (String trace = acknowledged.poll(); trace != null; trace = acknowledged.poll()) {
      traces.add(trace);
    }
    return traces;
  }

  private void killed(StewardServer server, Moment moment) throws Exception {
    try (server;
        Sender sender = new Sender(server.traces(), "application/x-protobuf")) {
      List<Thread> clients =
          sender.untilItDies(
              CLIENTS, PAUSE, source::otlp, request -> acknowledged.addAll(request.traces()));
      Thread commanding = commands.untilItDies(server);
      commands.awaitAnother();
      Program.pause(Duration.ofMillis(random.nextLong(LOAD_MILLIS_MAX)));
      switch (moment) {
        case UNDER_LOAD -> {}
        case STARTING -> throw new IllegalArgumentException("nothing is sent while it starts");
        case SPANS_WRITTEN -> awaitWrite(data.resolve("spans").resolve("spans.duckdb.wal"));
        case LEDGER_WRITTEN -> awaitWrite(data.resolve("ledger").resolve("control.db-wal"));
      }
      server.program().kill();
      for (Thread client : clients) {
        client.join();
      }
      commanding.join();
    }
  }

  private void killedWhileStarting() throws IOException, InterruptedException {
    try (Program starting = StewardServer.launch(data)) {
      Program.pause(Duration.ofMillis(200 + random.nextLong(START_MILLIS_MAX)));
      starting.kill();
    }
  }

  /// Returns when the file has changed, or after a while in which it did not.
  private static void awaitWrite(Path file) {
    File watched = file.toFile();
    long size = watched.length();
    long modified = watched.lastModified();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (watched.length() == size
        && watched.lastModified() == modified
        && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }
}
