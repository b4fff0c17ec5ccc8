// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.framing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// One server-sent event.
///
/// @param name "" when it has none
/// @param data its data lines, joined by line feeds
public record SseEvent(String name, String data) {

  private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};
  private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't', ':'};

  /// The events in the bytes, a last one without its empty line included.
  public static List<SseEvent> read(byte[] bytes) {
    List<SseEvent> events = new ArrayList<>();
    each(bytes, events::add);
    return events;
  }

  /// The same one by one, so that a long stream is never held as events.
  public static void each(byte[] bytes, Consumer<SseEvent> taker) {
    String name = "";
    String data = null;
    int start = 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
        end++;
      }
      if (end == start) {
        if (data != null) {
          taker.accept(new SseEvent(name, data));
        }
        name = "";
        data = null;
      } else if (begins(bytes, start, end, DATA)) {
        String more = value(bytes, start + DATA.length, end);
        data = data == null ? more : data + "\n" + more;
      } else if (begins(bytes, start, end, EVENT)) {
        name = value(bytes, start + EVENT.length, end);
      }
      boolean two = end + 1 < bytes.length && bytes[end] == '\r' && bytes[end + 1] == '\n';
      start = end + (two ? 2 : 1);
    }
    if (data != null) {
      taker.accept(new SseEvent(name, data));
    }
  }

  private static boolean begins(byte[] bytes, int start, int end, byte[] field) {
    return end - start >= field.length
        && Arrays.equals(bytes, start, start + field.length, field, 0, field.length);
  }

  private static String value(byte[] bytes, int start, int end) {
    int from = start < end && bytes[start] == ' ' ? start + 1 : start;
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  /// How many of the bytes at the beginning are whole events: up to the last empty line.
  static int whole(byte[] bytes, int length) {
    for (int i = length - 1; i > 0; i--) {
      if (bytes[i] == '\n' && endsLine(bytes, i - 1)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static boolean endsLine(byte[] bytes, int at) {
    return bytes[at] == '\n' || (bytes[at] == '\r' && at > 0 && bytes[at - 1] == '\n');
  }
}
