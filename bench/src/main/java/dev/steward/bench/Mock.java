// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import dev.steward.bench.model.Door;
import dev.steward.bench.model.MockProvider;
import dev.steward.bench.model.MockTools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A mock provider, or a mock tool server, in its own process.
record Mock(Program program, int port) implements AutoCloseable {
  static Mock start() throws IOException {
    return start(MockProvider.class);
  }

  static Mock tools() throws IOException {
    return start(MockTools.class);
  }

  private static Mock start(Class<?> main) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    Program program = Program.start(command, Map.of(), Path.of("bench", "target", "mock.log"));
    try {
      return new Mock(program, Integer.parseInt(program.awaitLine("ready ").substring(6).strip()));
    } catch (IOException e) {
      program.close();
      throw e;
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  Door door() {
    return new Door("direct", port).with("Authorization", "Bearer sk-bench");
  }

  @Override
  public void close() {
    program.close();
  }
}
