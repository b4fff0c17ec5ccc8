// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
  @Test
  void readsABodyOfExactlyTheLimit() {
    assertThat(read(new byte[100], "", 100)).hasSize(100);
  }

  @Test
  void oneByteMoreIsTooLarge() {
    refuses(new byte[101], "", 100, ErrorCode.TOO_LARGE);
  }

  @Test
  void theLimitCountsDecompressedBytes() throws IOException {
    byte[] bomb = gzip(new byte[10_000_000]);

    assertThat(bomb.length).isLessThan(20_000);
    refuses(bomb, "gzip", 1_000_000, ErrorCode.TOO_LARGE);
  }

  @Test
  void gzipIsDecompressed() throws IOException {
    assertThat(read(gzip(new byte[] {1, 2, 3}), "gzip", 10)).containsExactly(1, 2, 3);
  }

  @Test
  void cutGzipIsMalformed() throws IOException {
    byte[] whole = gzip(new byte[5000]);

    byte[] cut = Arrays.copyOf(whole, whole.length - 5);
    refuses(cut, "gzip", 10_000, ErrorCode.MALFORMED);
    assertThatThrownBy(() -> read(cut, "gzip", 10_000)).hasMessageContaining("ends too early");
  }

  @Test
  void whatIsNotGzipIsMalformed() {
    refuses(new byte[] {1, 2, 3, 4}, "gzip", 100, ErrorCode.MALFORMED);
    refuses(new byte[0], "gzip", 100, ErrorCode.MALFORMED);
  }

  @Test
  void aChunkWhoseLengthIsNoNumberIsMalformed() {
    InputStream wire =
        new InputStream() {
          @Override
          public int read() {
            throw new NumberFormatException("For input string: \"ZZ\" under radix 16");
          }

          @Override
          public int read(byte[] into, int from, int length) {
            return read();
          }
        };

    assertThatThrownBy(() -> BodyReader.read(wire, "", -1, 100))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("chunk");
  }

  @Test
  void anotherEncodingIsNotUnderstood() {
    refuses(new byte[] {1}, "br", 100, ErrorCode.UNSUPPORTED_TYPE);
  }

  private static byte[] read(byte[] wire, String encoding, long limit) {
    return BodyReader.read(new ByteArrayInputStream(wire), encoding, -1, limit);
  }

  private static void refuses(byte[] wire, String encoding, long limit, ErrorCode code) {
    assertThatThrownBy(() -> read(wire, encoding, limit))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }
}
