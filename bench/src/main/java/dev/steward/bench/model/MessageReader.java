// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Reads HTTP/1.1 messages from a connection, one after the other.
final class MessageReader {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int CHUNK_LINE_MAX = 64;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;

  MessageReader(InputStream in) {
    this.in = in;
  }

  /// Gets what a body consists of, as it comes.
  @FunctionalInterface
  interface Sink {
    void take(byte[] bytes, int from, int to);

    /// Forgets it.
    Sink NOWHERE = (bytes, from, to) -> {};
  }

  /// The start line and the headers in small letters, "" at the end of the connection.
  String head() throws IOException {
    int seen = 0;
    while (true) {
      for (int at = from + Math.max(seen, 3); at < to; at++) {
        if (buffer[at] == '\n' && buffer[at - 2] == '\n') {
          String head = new String(buffer, from, at + 1 - from, StandardCharsets.ISO_8859_1);
          from = at + 1;
          return head.toLowerCase(Locale.ROOT);
        }
      }
      seen = to - from;
      if (!more()) {
        if (seen > 0) {
          throw new EOFException("the connection ended within a head");
        }
        return "";
      }
    }
  }

  /// A header's value, "" when it is absent.
  static String header(String head, String name) {
    int at = head.indexOf("\n" + name + ":");
    return at < 0 ? "" : head.substring(at + name.length() + 2, head.indexOf('\r', at + 1)).strip();
  }

  /// The body that belongs to a head.
  void body(String head, Sink sink) throws IOException {
    if (header(head, "transfer-encoding").contains("chunked")) {
      chunks(sink);
    } else {
      String length = header(head, "content-length");
      exactly(length.isEmpty() ? 0 : Long.parseLong(length), sink);
    }
  }

  private void chunks(Sink sink) throws IOException {
    while (true) {
      long length = chunkLength();
      if (length == 0) {
        while (lineLength() > 0) {
          // Trailers.
        }
        return;
      }
      exactly(length, sink);
      exactly(2, Sink.NOWHERE);
    }
  }

  private long chunkLength() throws IOException {
    long length = 0;
    boolean digits = true;
    for (int i = 0; i < CHUNK_LINE_MAX; i++) {
      int next = next();
      if (next == '\n') {
        return length;
      }
      int digit = Character.digit(next, 16);
      digits &= digit >= 0;
      length = digits ? length * 16 + digit : length;
    }
    throw new IOException("a chunk has no length");
  }

  private int lineLength() throws IOException {
    int length = 0;
    for (int next = next(); next != '\n'; next = next()) {
      length += next == '\r' ? 0 : 1;
    }
    return length;
  }

  private void exactly(long length, Sink sink) throws IOException {
    long left = length;
    while (left > 0) {
      if (from == to && !more()) {
        throw new EOFException("the connection ended " + left + " bytes too early");
      }
      int count = (int) Math.min(left, to - from);
      sink.take(buffer, from, from + count);
      from += count;
      left -= count;
    }
  }

  private int next() throws IOException {
    if (from == to && !more()) {
      throw new EOFException("the connection ended within a body");
    }
    return buffer[from++];
  }

  /// Reads what is there, false at the end.
  private boolean more() throws IOException {
    if (from == to) {
      from = 0;
      to = 0;
    } else if (to == buffer.length) {
      if (from == 0) {
        throw new IOException("a head is longer than " + buffer.length + " bytes");
      }
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    int count = in.read(buffer, to, buffer.length - to);
    if (count < 0) {
      return false;
    }
    to += count;
    return true;
  }
}
