// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program under measurement, in a process of its own that ends with this one.
final class Program implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private Program(Process process) {
    this.process = process;
    this.lines = process.inputReader();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  static Program start(List<String> command, Map<String, String> environment, Path errors)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    return new Program(builder.start());
  }

  /// Waits for a line of its standard output.
  String awaitLine(String start) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(start)) {
        quiet();
        return line;
      }
    }
    throw new IOException("the program ended without saying '" + start + "'");
  }

  /// Throws its standard output away.
  void quiet() {
    Thread.ofVirtual().start(this::drain);
  }

  long pid() {
    return process.pid();
  }

  /// Resident memory in bytes, 0 where the system does not say.
  long residentBytes() throws IOException {
    return ofStatus("VmRSS:");
  }

  /// The most it ever was.
  long peakResidentBytes() throws IOException {
    return ofStatus("VmHWM:");
  }

  /// Processor time used so far, of all its threads.
  double cpuSeconds() {
    return process.info().totalCpuDuration().map(time -> time.toMillis() / 1e3).orElse(Double.NaN);
  }

  private long ofStatus(String key) throws IOException {
    Path status = Path.of("/proc", String.valueOf(pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (Stream<String> all = Files.lines(status)) {
      return all.filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    }
  }

  /// kill -9.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /// SIGTERM, and after a while kill -9.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /// Runs a command to its end and gives its exit code.
  static int run(List<String> command, Path output) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
        .start()
        .waitFor();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /// Bytes of all files in a folder.
  static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  static void pause(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }

  private void drain() {
    try {
      lines.transferTo(java.io.Writer.nullWriter());
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
