// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("measures the heap")
class LargeBodiesTest {
  private static final int SIZE = 100 << 20;
  private static final byte[] PIECE = piece();

  /// The copy that is read for usage has at most 16 MB; the rest is room for what else goes on.
  private static final long HELD_MAX = 64 << 20;

  @TempDir Path folder;
  private GatewayServer gateway;

  @BeforeEach
  void open() {
    // Its look at the heap may make a stream silent for so long that it would get a comment.
    gateway =
        new GatewayServer(
            folder, Map.of("gateway.request-limit", "1MiB", "gateway.comment-after", "10m"));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void refusesARequestThatIsTooLargeInTheWordsOfItsDialect() throws Exception {
    for (String path : new String[] {"/v1/chat/completions", "/v1/messages"}) {
      HttpRequest request =
          HttpRequest.newBuilder(gateway.server().uri(path))
              .header("Authorization", "Bearer " + gateway.key())
              .header("Content-Type", "application/json")
              .expectContinue(true)
              .POST(BodyPublishers.ofInputStream(() -> new Spaces(SIZE)))
              .build();

      HttpResponse<String> response =
          gateway.server().client().send(request, BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(response.body())
          .contains(path.endsWith("messages") ? "request_too_large" : "invalid_request_error");
      assertThat(response.headers().firstValue("x-should-retry")).contains("false");
    }
    gateway.newestRun(2);
    assertThat(gateway.provider().received()).isEmpty();
  }

  @Test
  void passesAnAnswerOfAHundredMegabytesWithoutHoldingIt() throws IOException {
    LiveBytes live = new LiveBytes();
    gateway
        .provider()
        .always((request, out) -> {
          ScriptedProvider.head(out, 200, "application/json", "Content-Length: " + SIZE);
          for (int sent = 0; sent < SIZE; sent += PIECE.length) {
            out.write(PIECE);
            live.look(sent);
          }
          out.flush();
        });

    long got = passed("{\"model\":\"main\",\"messages\":[]}", PIECE);

    assertThat(got).isEqualTo(SIZE);
    assertThat(live.growth()).isLessThan(HELD_MAX);
    gateway.newestRun(1);
  }

  @Test
  void passesAStreamOfAHundredMegabytesWithoutHoldingIt() throws IOException {
    LiveBytes live = new LiveBytes();
    byte[] event =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n"
            .formatted("tomorrow ".repeat(900))
            .getBytes(StandardCharsets.UTF_8);
    int events = SIZE / event.length;
    gateway
        .provider()
        .always((request, out) -> {
          ScriptedProvider.head(out, 200, "text/event-stream", "Transfer-Encoding: chunked");
          for (int sent = 0; sent < events; sent++) {
            ScriptedProvider.chunk(out, event);
            live.look((long) sent * event.length);
          }
          ScriptedProvider.chunk(out, new byte[0]);
        });

    long got = passed("{\"model\":\"main\",\"stream\":true,\"messages\":[]}", event);

    assertThat(got).isEqualTo((long) events * event.length);
    assertThat(live.growth()).isLessThan(HELD_MAX);
    gateway.newestRun(1);
  }

  /// Bytes of an answer that is the same piece again and again.
  private long passed(String request, byte[] piece) throws IOException {
    HttpResponse<InputStream> response = gateway.post("/v1/chat/completions", request);
    long got = 0;
    try (InputStream in = response.body()) {
      for (byte[] part = in.readNBytes(piece.length);
          part.length > 0;
          part = in.readNBytes(piece.length)) {
        assertThat(Arrays.equals(part, piece)).isTrue();
        got += part.length;
      }
    }
    return got;
  }

  /// What is alive on the heap while an answer passes.
  private static final class LiveBytes {
    private static final int BETWEEN_LOOKS = 12 << 20;

    private final long before = live();
    private long most;
    private long next = BETWEEN_LOOKS;

    private void look(long sent) {
      if (sent >= next) {
        next += BETWEEN_LOOKS;
        most = Math.max(most, live());
      }
    }

    private long growth() {
      assertThat(next).as("bytes after which it looks next").isGreaterThan(SIZE - BETWEEN_LOOKS);
      return most - before;
    }

    private static long live() {
      System.gc();
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
  }

  private static byte[] piece() {
    byte[] piece = new byte[1 << 16];
    for (int i = 0; i < piece.length; i++) {
      piece[i] = (byte) ('a' + i % 23);
    }
    return piece;
  }

  /// A body of blanks, made as it is read.
  private static final class Spaces extends InputStream {
    private int left;

    private Spaces(int size) {
      this.left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? ' ' : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = Math.min(length, left);
      Arrays.fill(into, offset, offset + count, (byte) ' ');
      left -= count;
      return count;
    }
  }
}
