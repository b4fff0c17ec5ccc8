// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// A data folder with millions of spans, sent to a server over HTTP. It is kept, because filling it
/// takes minutes, and is made anew when it holds another number.
final class StoredData {
  static final int SPANS = Bench.setting("BENCH_SPANS", 5_000_000);
  static final int LONG_RUN = 10_000;
  private static final Path FOLDER = Path.of("bench", "target", "store-data");
  private static final Path NOTE = FOLDER.resolveSibling("store-data.made");
  private static final int RUNS_IN_REQUEST = 25;
  private static final int SPANS_WAITING_MAX = 400_000;
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(10);

  private StoredData() {}

  /// The trace of the run of `LONG_RUN` spans.
  static String longTrace() {
    return StoredRuns.traceId(runs() + 1);
  }

  static long runs() {
    return SPANS / StoredRuns.SPANS_IN_RUN;
  }

  /// The folder that an earlier measurement left, or a new one.
  static Path there() throws IOException, InterruptedException {
    if (Files.exists(NOTE) && Files.readString(NOTE).equals(made())) {
      return FOLDER;
    }
    fill(new Result("store"));
    return FOLDER;
  }

  /// Makes the folder and says how fast that went and how large it is.
  static Path fill(Result result) throws IOException, InterruptedException {
    Files.deleteIfExists(NOTE);
    Program.delete(FOLDER);
    long began = System.nanoTime();
    try (StewardServer server = StewardServer.start(FOLDER);
        Sender sender = new Sender(server.traces(), "application/x-protobuf")) {
      send(server, sender, Instant.now().minus(Duration.ofMinutes(1)));
      StewardServer.Counts counts = server.drained(DRAIN_LIMIT);
      double seconds = (System.nanoTime() - began) / 1e9;
      if (counts.loaded() != SPANS + LONG_RUN || sender.refused() > 0) {
        throw new IOException("not everything was loaded: " + counts);
      }
      result.put("loaded_spans_per_s", counts.loaded() / seconds);
      result.put("load_peak_rss_mb", server.program().peakResidentBytes() >> 20);
    }
    Files.writeString(NOTE, made());
    return FOLDER;
  }

  /// What the folder holds and by which build it was made is all that must agree.
  private static String made() {
    return SPANS + " spans and one run of " + LONG_RUN;
  }

  private static void send(StewardServer server, Sender sender, Instant end)
      throws IOException, InterruptedException {
    StoredRuns source = new StoredRuns(runs(), end);
    Semaphore underWay = new Semaphore(4);
    long sent = 0;
    for (long run = 1; run <= runs(); run += RUNS_IN_REQUEST) {
      List<WireSpan> spans = new ArrayList<>();
      for (long each = run; each < Math.min(run + RUNS_IN_REQUEST, runs() + 1); each++) {
        spans.addAll(source.run(each));
      }
      sender.sendBehind(Wire.otlp(spans), underWay);
      sent += spans.size();
      if (sent % 100_000 < spans.size()) {
        awaitRoom(server);
      }
    }
    List<WireSpan> marathon = source.longRun(runs() + 1, LONG_RUN);
    for (int from = 0; from < marathon.size(); from += 500) {
      sender.sendBehind(
          Wire.otlp(marathon.subList(from, Math.min(from + 500, marathon.size()))), underWay);
    }
    underWay.acquire(4);
  }

  /// The journal is bounded, and so is what this sends ahead of the loader.
  private static void awaitRoom(StewardServer server) throws IOException, InterruptedException {
    while (server.counts().waiting() > SPANS_WAITING_MAX) {
      Program.pause(Duration.ofMillis(100));
    }
  }
}
