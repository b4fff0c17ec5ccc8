// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import dev.steward.bench.model.Door;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The peer of the model gateway: the npm package `@portkey-ai/gateway`, with one line repaired.
///
/// Its 1.15.2 adds headers to what `fetch` gave it, which Node 20 forbids, so that it answers 500
/// to every stream. The repair adds them to a copy.
final class PortkeyServer implements AutoCloseable {
  private static final Path FOLDER = Path.of("bench", "target", "portkey");
  private static final Path PACKAGE = FOLDER.resolve("node_modules/@portkey-ai/gateway");
  private static final String BROKEN = "return r?(i=t,c=s):";
  private static final String REPAIRED = "return r?(i=new Response(t.body,t),c=s):";
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);

  private final Program program;
  private final int port;

  private PortkeyServer(Program program, int port) {
    this.program = program;
    this.port = port;
  }

  static PortkeyServer start() throws IOException, InterruptedException {
    Path built = PACKAGE.resolve("build");
    Path original = built.resolve("start-server.js");
    if (!Files.exists(original)) {
      throw new IOException(original + " is missing; bench/run installs it where npm is present");
    }
    String source = Files.readString(original);
    if (source.split(java.util.regex.Pattern.quote(BROKEN), -1).length != 2) {
      throw new IOException("the line to repair is not in " + original);
    }
    Path repaired = built.resolve("start-server-repaired.js");
    Files.writeString(repaired, source.replace(BROKEN, REPAIRED));
    int port = Program.freePort();
    Program program =
        Program.start(
            List.of("node", repaired.toString(), "--port=" + port, "--headless"),
            Map.of("NODE_ENV", "production"),
            Path.of("bench", "target", "portkey.log"));
    program.quiet();
    PortkeyServer server = new PortkeyServer(program, port);
    try {
      server.awaitReady();
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /// What was measured, for the result.
  static String build() throws IOException, InterruptedException {
    String version =
        Files.readString(PACKAGE.resolve("package.json"))
            .replaceAll("(?s).*?\"version\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    Process node = new ProcessBuilder("node", "--version").start();
    String runtime =
        new String(node.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    node.waitFor();
    return "peer: npm @portkey-ai/gateway "
        + version
        + " on Node "
        + runtime
        + ", with one line repaired, since it answers 500 to streams there: '"
        + BROKEN
        + "' is '"
        + REPAIRED
        + "'";
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + READY_LIMIT.toNanos();
    while (true) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        Program.pause(Duration.ofMillis(100));
      }
    }
  }

  Program program() {
    return program;
  }

  /// Its way to the mock.
  Door door(Mock mock) {
    return new Door("peer", port)
        .with("Authorization", "Bearer sk-bench")
        .with("x-portkey-provider", "openai")
        .with("x-portkey-custom-host", mock.url() + "/v1")
        .with("x-portkey-forward-headers", "x-bench");
  }

  @Override
  public void close() {
    program.close();
  }
}
