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

  /// @param encoding the `Content-Encoding` header, "" for none
  /// @param limit bytes, counted after decompression
  static byte[] read(InputStream wire, String encoding, long limit) {
    try (InputStream in = decoded(wire, encoding.strip().toLowerCase(Locale.ROOT))) {
      byte[] body = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
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
