// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import io.helidon.common.buffers.DataReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads a request body into memory, decompressed, and never more of it than allowed.
final class BodyReader {
  private BodyReader() {}

  /// Up to here a client is taken at its word about the length.
  private static final int EXACT_BYTES_MAX = 256 << 10;

  /// @param encoding the `Content-Encoding` header, "" for none
  /// @param length as the client says it, -1 where it says none
  /// @param limit bytes, counted after decompression
  static byte[] read(InputStream wire, String encoding, long length, long limit) {
    try (InputStream in = decoded(wire, encoding.strip().toLowerCase(Locale.ROOT))) {
      boolean exact = in == wire && length >= 0 && length <= Math.min(limit, EXACT_BYTES_MAX);
      byte[] body = exact ? exactly(in, (int) length) : atMost(in, limit);
      if (body.length > limit) {
        throw new ApiException(
            ErrorCode.TOO_LARGE,
            "The body is larger than "
                + limit
                + " bytes after decompression: send smaller ones, or raise the limit in the"
                + " configuration.");
      }
      return body;
    } catch (ZipException | EOFException e) {
      throw new ApiException(
          ErrorCode.MALFORMED,
          "The body is not whole gzip data: "
              + (e instanceof EOFException ? "it ends too early" : e.getMessage())
              + ". Send it whole, or without Content-Encoding.",
          e);
    } catch (IOException | DataReader.InsufficientDataAvailableException e) {
      throw new ApiException(ErrorCode.MALFORMED, "The body broke off: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      // Helidon's word for a chunk whose length is not a number.
      throw new ApiException(
          ErrorCode.MALFORMED, "The body is not chunked as HTTP has it: " + e.getMessage(), e);
    }
  }

  /// The body of that length and the end behind it, which tells whoever watches that it is whole.
  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] body = new byte[length];
    int count = in.readNBytes(body, 0, length);
    if (count < length || in.read() >= 0) {
      throw new IOException("it is not as long as its Content-Length says");
    }
    return body;
  }

  private static byte[] atMost(InputStream in, long limit) throws IOException {
    return in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
  }

  private static InputStream decoded(InputStream wire, String encoding) throws IOException {
    return switch (encoding) {
      case "", "identity" -> wire;
      case "gzip", "x-gzip" -> new GZIPInputStream(wire, 8192);
      default ->
          throw new ApiException(
              ErrorCode.UNSUPPORTED_TYPE,
              "Content-Encoding '" + encoding + "' is not understood: send gzip or none.");
    };
  }
}
