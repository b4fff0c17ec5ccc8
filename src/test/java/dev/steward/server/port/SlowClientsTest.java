// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.TestServer;
import dev.steward.server.access.Need;
import dev.steward.server.http.ErrorPage;
import dev.steward.server.http.HttpCounts;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.section.HttpConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Clients that hold a connection and send next to nothing, and those that only look like them.
@Isolated("its limits are so short that a busy machine reaches them")
class SlowClientsTest {
  private static final int CONNECTIONS = 20;
  private static final int PATIENCE_MILLIS = 20_000;

  private Ports ports;

  @BeforeEach
  void open(@TempDir Path folder) {
    HttpConfig config =
        TestServer.config(
                folder,
                Map.of(
                    "http.header-timeout", "300ms",
                    "http.body-timeout", "300ms",
                    "http.idle-timeout", "300ms",
                    "http.connections", Integer.toString(CONNECTIONS)))
            .http();
    Frame frame =
        new Frame(
            new Router(
                List.of(
                    Route.plain("GET", "/fast", Need.NOTHING, exchange -> Reply.text("fast")),
                    Route.plain(
                        "POST",
                        "/echo",
                        Need.NOTHING,
                        exchange -> Reply.bytes("text/plain", exchange.body())),
                    Route.plain("GET", "/slow", Need.NOTHING, exchange -> slow()))),
            (exchange, route) -> Optional.empty(),
            List.of(),
            ErrorPage.NONE,
            new HttpCounts(),
            32 << 20);
    ports = Ports.open(config, frame, 0, frame);
  }

  @AfterEach
  void close() {
    ports.close();
  }

  /// Longer than every deadline together.
  private static Reply slow() {
    return new Reply.Streamed(
        "text/event-stream",
        Map.of(),
        out -> {
          for (int i = 0; i < 15; i++) {
            out.write("data: tick\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            Thread.sleep(100);
          }
        });
  }

  @Test
  void whoSendsNothingIsClosed() throws IOException {
    for (int port : List.of(ports.port(), ports.otlpPort())) {
      try (Socket silent = socket(port)) {
        assertThat(isClosed(silent)).isTrue();
      }
    }
  }

  @Test
  void whoDripsHeadersIsClosed() throws Exception {
    try (Socket slow = socket(ports.port())) {
      assertThat(isClosedWhileDripping(slow, "GET /fast HTTP/1.1\r\nHost: localhost\r\nX: ", "x"))
          .isTrue();
    }
  }

  @Test
  void whoDripsABodyIsClosed() throws Exception {
    try (Socket slow = socket(ports.port())) {
      assertThat(
              isClosedWhileDripping(
                  slow,
                  "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n",
                  "x"))
          .isTrue();
    }
  }

  @Test
  void whoKeepsAConnectionIdleIsClosedAfterItsAnswer() throws IOException {
    try (Socket idle = socket(ports.port())) {
      write(idle, "GET /fast HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(new String(idle.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200")
          .endsWith("fast");
    }
  }

  @Test
  void aPortFullOfSilenceServesAgain() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * CONNECTIONS; i++) {
        silent.add(socket(ports.port()));
      }
      assertThat(get("/fast").body()).isEqualTo("fast");
    } finally {
      for (Socket each : silent) {
        each.close();
      }
    }
  }

  @Test
  void aSlowAnswerIsNeverCut() throws Exception {
    assertThat(get("/slow").body()).hasSize(15 * "data: tick\n\n".length());
  }

  @Test
  void aBodyThatComesSteadilyHasMoreTimeTheLargerItIs() throws Exception {
    byte[] piece = new byte[16 << 10];
    int pieces = 12;
    try (Socket steady = socket(ports.port())) {
      OutputStream out = steady.getOutputStream();
      write(
          steady,
          "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
              .formatted(pieces * piece.length));
      for (int i = 0; i < pieces; i++) {
        out.write(piece);
        out.flush();
        Thread.sleep(60);
      }
      assertThat(new String(steady.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
          .isEqualTo("HTTP/1.1 200");
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + ports.port() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  private static Socket socket(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /// Whether the other side ends the connection; a read that runs out of time throws.
  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  private static boolean isClosedWhileDripping(Socket socket, String head, String drop)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    write(socket, head);
    while (System.nanoTime() < deadline) {
      try {
        write(socket, drop);
      } catch (SocketException e) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }
}
