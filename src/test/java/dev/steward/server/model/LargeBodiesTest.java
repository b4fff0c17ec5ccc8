// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeBodiesTest {
  private static final int SIZE = 100 << 20;
  private static final byte[] PIECE = piece();

  @TempDir Path folder;
  private GatewayServer gateway;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder, Map.of("gateway.request-limit", "1MiB"));
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
  void passesAnAnswerOfAHundredMegabytes() throws IOException {
    gateway
        .provider()
        .always((request, out) -> {
          ScriptedProvider.head(out, 200, "application/json", "Content-Length: " + SIZE);
          for (int sent = 0; sent < SIZE; sent += PIECE.length) {
            out.write(PIECE);
          }
          out.flush();
        });

    HttpResponse<InputStream> response =
        gateway.post("/v1/chat/completions", "{\"model\":\"main\",\"messages\":[]}");

    long got = 0;
    try (InputStream in = response.body()) {
      for (byte[] part = in.readNBytes(PIECE.length);
          part.length > 0;
          part = in.readNBytes(PIECE.length)) {
        assertThat(Arrays.equals(part, PIECE)).isTrue();
        got += part.length;
      }
    }
    assertThat(got).isEqualTo(SIZE);
    gateway.newestRun(1);
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
