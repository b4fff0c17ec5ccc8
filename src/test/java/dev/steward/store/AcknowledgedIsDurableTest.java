// SPDX-License-Identifier: Apache-2.0
package dev.steward.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.trace.ingest.IngestCounts;
import dev.steward.trace.span.Span;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The invariant `AcknowledgedIsDurable`: a process with the real journal, loader and DuckDB is
/// killed under load, and every span that it had acknowledged is in the store, once.
class AcknowledgedIsDurableTest {
  private static final int KILLS = 5;
  private static final int CLIENTS = 8;
  private static final int ACKNOWLEDGED_BEFORE_KILL = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final AtomicLong numbers = new AtomicLong();
  private final Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();

  @Test
  void everyAcknowledgedSpanIsThereOnceAfterEachKill() throws Exception {
    for (int kill = 1; kill <= KILLS; kill++) {
      int before = acknowledged.size();
      killUnderLoad();
      check(acknowledged.stream().skip(before).toList());
    }
    check(acknowledged);
  }

  private void killUnderLoad() throws Exception {
    Path scratch = Files.createDirectories(folder.resolve("tmp"));
    Process process = start(scratch);
    try (BufferedReader lines = process.inputReader()) {
      String port = lines.readLine();
      assertThat(port).as("see %s", folder.resolve("process.log")).isNotNull();
      CountDownLatch enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_KILL);
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(Thread.ofVirtual().start(() -> send(Integer.parseInt(port), enough)));
      }
      assertThat(enough.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      process.destroyForcibly().waitFor();
      for (Thread client : clients) {
        client.join();
      }
    } finally {
      process.destroyForcibly().waitFor();
      delete(scratch);
    }
  }

  private Process start(Path scratch) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Djava.io.tmpdir=" + scratch,
            "-cp",
            System.getProperty("java.class.path"),
            IngestProcess.class.getName(),
            folder.resolve("data").toString())
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("process.log").toFile()))
        .start();
  }

  /// Sends until the process is gone.
  private void send(int port, CountDownLatch enough) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
      while (true) {
        out.writeLong(numbers.incrementAndGet());
        acknowledged.add(in.readLong());
        enough.countDown();
      }
    } catch (IOException e) {
      assertThat(e).as("the process was killed").isNotNull();
    }
  }

  private void check(Collection<Long> traces) throws InterruptedException {
    try (DurableParts parts = new DurableParts(folder.resolve("data"))) {
      assertThat(parts.loader.awaitLoaded(parts.journal.end(), PATIENCE)).isTrue();
      IngestCounts counts = parts.ingest.counts();
      assertThat(counts.addUp()).as("%s", counts).isTrue();
      assertThat(counts.waiting()).isZero();
      assertThat(counts.duplicates()).as("loaded twice").isZero();
      assertThat(counts.deadLetters()).isZero();
      assertThat(counts.loaded())
          .isBetween(
              acknowledged.size() * (long) DurableParts.SPANS,
              numbers.get() * (long) DurableParts.SPANS);
      for (long number : traces) {
        assertThat(parts.store.spans(DurableParts.traceId(number)))
            .as("trace %s", number)
            .extracting(Span::key)
            .hasSize(DurableParts.SPANS)
            .doesNotHaveDuplicates();
      }
    }
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
