// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One server-sent event.
///
/// @param name "" when it has none
/// @param data its data lines, joined by line feeds
public record SseEvent(String name, String data) {

  /// The events in the bytes, a last one without its empty line included.
  public static List<SseEvent> read(byte[] bytes) {
    List<SseEvent> events = new ArrayList<>();
    String name = "";
    StringBuilder data = new StringBuilder();
    boolean some = false;
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1)) {
      if (line.isEmpty()) {
        if (some) {
          events.add(new SseEvent(name, data.toString()));
        }
        name = "";
        data.setLength(0);
        some = false;
      } else if (line.startsWith("data:")) {
        data.append(some ? "\n" : "").append(value(line, "data:"));
        some = true;
      } else if (line.startsWith("event:")) {
        name = value(line, "event:");
      }
    }
    if (some) {
      events.add(new SseEvent(name, data.toString()));
    }
    return events;
  }

  private static String value(String line, String field) {
    int from = field.length();
    return line.startsWith(" ", from) ? line.substring(from + 1) : line.substring(from);
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
