// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The data folder that `./steward demo` leaves behind.
final class DemoData {
  private static final Path FOLDER = Path.of("bench", "target", "demo-data");
  private static final String TIME = Bench.setting("BENCH_DEMO_SECONDS", 40) + "s";

  private DemoData() {}

  /// Plays the demo for a while and gives its folder.
  static Path fresh() throws IOException, InterruptedException {
    Program.delete(FOLDER);
    Files.createDirectories(FOLDER);
    Path log = FOLDER.resolveSibling("demo-data.log");
    List<String> command =
        List.of(
            "./steward",
            "demo",
            "--headless",
            "--for",
            TIME,
            "--data",
            FOLDER.toString(),
            "--port",
            "" + Program.freePort(),
            "--otlp-http",
            "" + Program.freePort(),
            "--otlp-grpc",
            "" + Program.freePort());
    int code = Program.run(command, log);
    if (code != 0) {
      throw new IOException("the demo ended with " + code + "; see " + log);
    }
    return FOLDER;
  }
}
