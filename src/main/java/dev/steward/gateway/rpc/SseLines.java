// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rpc;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads server-sent events one by one as they come.
public final class SseLines {
  private final InputStream in;
  private final int bytesMax;
  private boolean afterReturn;
  private String lastId = "";
  private long retryMillis = -1;

  /// @param bytesMax of one event
  public SseLines(InputStream in, int bytesMax) {
    this.in = new BufferedInputStream(in, 16 << 10);
    this.bytesMax = bytesMax;
  }

  /// The data of the next event, "" for one without data; null at the end. An event that the end
  /// cuts off is none.
  ///
  /// @throws IOException also for an event that is too large
  public @Nullable String next() throws IOException {
    StringBuilder data = new StringBuilder();
    boolean some = false;
    boolean any = false;
    int size = 0;
    while (true) {
      String line = line(bytesMax - size);
      if (line == null) {
        return null;
      }
      size += line.length();
      if (line.isEmpty()) {
        if (any) {
          return data.toString();
        }
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : value(line, colon + 1);
      switch (field) {
        case "data" -> {
          data.append(some ? "\n" : "").append(value);
          some = true;
          any = true;
        }
        case "id" -> {
          lastId = value;
          any = true;
        }
        case "retry" -> retry(value);
        default -> {
          // comments, names and what is not known
        }
      }
    }
  }

  /// The id of the last event that had one, "" before.
  public String lastId() {
    return lastId;
  }

  /// How long the sender asks to wait before one reads again, -1 when it does not say.
  public long retryMillis() {
    return retryMillis;
  }

  private void retry(String value) {
    if (!value.isEmpty()
        && value.length() < 8
        && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      retryMillis = Long.parseLong(value);
    }
  }

  private static String value(String line, int from) {
    return line.startsWith(" ", from) ? line.substring(from + 1) : line.substring(from);
  }

  private @Nullable String line(int most) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    while (true) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      boolean second = afterReturn && next == '\n';
      afterReturn = next == '\r';
      if (second) {
        continue;
      }
      if (next == '\n' || next == '\r') {
        return bytes.toString(StandardCharsets.UTF_8);
      }
      if (bytes.size() >= most) {
        throw new IOException("an event is larger than " + bytesMax + " bytes");
      }
      bytes.write(next);
    }
  }
}
