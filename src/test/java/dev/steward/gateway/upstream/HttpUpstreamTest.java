// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.upstream.HttpUpstream.Peer;
import dev.steward.gateway.wire.Header;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpUpstreamTest {
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private final HttpUpstream upstream = new HttpUpstream();
  private final CountDownLatch muted = new CountDownLatch(1);
  private volatile boolean mute;
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }

  @Test
  void usesAConnectionAgain() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(ask()).isEqualTo("yes");
    }

    assertThat(accepted).hasSize(1);
  }

  @Test
  void doesNotUseAConnectionThatWasClosedWhileItRested() throws IOException {
    KeptConnections connections = new HttpPeers(Duration.ofSeconds(5)).of(address());
    KeptConnections.Taken first = connections.take();
    await(() -> accepted.size() == 1);
    first.connection().releaseResource();
    accepted.getFirst().close();
    await(() -> !first.connection().isConnected());

    assertThat(connections.take().connection()).isNotSameAs(first.connection());
  }

  @Test
  void aServerThatClosesAfterEachAnswerIsWatched() throws IOException {
    AtomicLong nanos = new AtomicLong();
    KeptConnections connections = new HttpPeers(Duration.ofSeconds(5), nanos::get).of(address());
    KeptConnections.Taken first = connections.take();
    await(() -> accepted.size() == 1);
    first.connection().releaseResource();
    accepted.getFirst().close();
    await(() -> !first.connection().isConnected());

    KeptConnections.Taken second = connections.take();
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    second.connection().releaseResource();
    assertThat(connections.take().unwatched()).isFalse();
  }

  @Test
  void aHostThatIsKnownIsWatchedOnlyWhereAConnectionBroke() {
    AtomicLong nanos = new AtomicLong();
    KeptConnections connections = new HttpPeers(Duration.ofSeconds(5), nanos::get).of(address());
    connections.take().connection().releaseResource();
    KeptConnections.Taken second = connections.take();
    assertThat(second.unwatched()).as("nothing is known of it yet").isFalse();

    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    second.connection().releaseResource();
    KeptConnections.Taken third = connections.take();
    assertThat(third.unwatched()).isTrue();

    third.broke();
    third.connection().releaseResource();
    assertThat(connections.take().unwatched()).isFalse();
  }

  @Test
  void anAnswerThatHasBegunMaySilentlyLastLongerThanTheWaitForIt() throws Exception {
    Duration read = Duration.ofMillis(200);
    CountDownLatch silent = new CountDownLatch(1);
    try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerSlowly(slow, silent));
      String address = "http://localhost:" + slow.getLocalPort();
      Peer peer =
          new Peer("The server", address, Duration.ofSeconds(5), read, Duration.ofMinutes(1));
      try (UpstreamAnswer answer =
          upstream.send(peer, "GET", address + "/ask", List.of(), new byte[0])) {
        assertThat(answer.body().readNBytes(3)).asString(StandardCharsets.UTF_8).isEqualTo("yes");
        // Nothing can tell that a wait is not over but its time.
        assertThat(silent.await(read.toMillis() * 3 / 2, TimeUnit.MILLISECONDS)).isFalse();
        Thread.ofVirtual().start(silent::countDown);
        assertThat(answer.body().readNBytes(3)).asString(StandardCharsets.UTF_8).isEqualTo("too");
      }
    }
  }

  @Test
  void whoeverIsInterruptedStaysSoAlsoOnAConnectionThatWasWatched() throws Exception {
    ask();
    // What rests for a while is watched by a thread of its own; nothing tells when that begins.
    assertThat(muted.await(500, TimeUnit.MILLISECONDS)).isFalse();
    mute = true;
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                ask();
              } catch (UpstreamException | IOException _) {
                interrupted.set(Thread.currentThread().isInterrupted());
              }
            });
    assertThat(muted.await(20, TimeUnit.SECONDS)).isTrue();

    asking.interrupt();

    assertThat(asking.join(Duration.ofSeconds(10))).isTrue();
    assertThat(interrupted).isTrue();
    assertThat(accepted).hasSize(1);
  }

  private static void answerSlowly(ServerSocket server, CountDownLatch silent) {
    try (Socket socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nyes".getBytes(StandardCharsets.UTF_8));
      out.flush();
      silent.await();
      out.write("too".getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String ask() throws IOException {
    Peer peer = new Peer("The server", address(), Duration.ofSeconds(5), Duration.ofSeconds(20));
    try (UpstreamAnswer answer =
        upstream.send(
            peer,
            "POST",
            address() + "/ask",
            List.of(new Header("Content-Type", "text/plain")),
            "question".getBytes(StandardCharsets.UTF_8))) {
      return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String address() {
    return "http://localhost:" + server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        accepted.add(socket);
        Thread.ofVirtual().start(() -> answer(socket));
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void answer(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      while (in.readLine() != null) {
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
          if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
            length = Integer.parseInt(line.substring(15).strip());
          }
        }
        for (int left = length; left > 0; left--) {
          in.read();
        }
        if (mute) {
          muted.countDown();
          continue;
        }
        socket
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes".getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
