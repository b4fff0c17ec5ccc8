// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.part;

import dev.steward.gateway.framing.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Server-sent events, each with its empty line.
final class SseSplitter extends Splitter implements Part.Form {
  private static final String DATA = "data:";

  @Override
  int end(byte[] bytes, int from) {
    int line = from;
    int at = from;
    while (at < bytes.length) {
      byte here = bytes[at];
      if (here != '\n' && here != '\r') {
        at++;
        continue;
      }
      if (here == '\r' && at + 1 == bytes.length) {
        // A line feed may belong to it.
        return from;
      }
      int next = here == '\r' && bytes[at + 1] == '\n' ? at + 2 : at + 1;
      if (at == line) {
        return next;
      }
      line = next;
      at = next;
    }
    return from;
  }

  @Override
  Part part(byte[] raw) {
    List<SseEvent> events = SseEvent.read(raw);
    if (events.isEmpty()) {
      return new Part(raw, "", Json.ABSENT, Json.ABSENT, this);
    }
    SseEvent event = events.getFirst();
    Json json = Json.read(event.data().getBytes(StandardCharsets.UTF_8)).orElse(Json.ABSENT);
    return new Part(raw, event.name(), json, json, this);
  }

  /// All lines but those of the data stay as they are.
  @Override
  public byte[] with(Part part, byte[] json) {
    StringBuilder event = new StringBuilder(part.raw().length + 64);
    boolean told = false;
    for (String line : lines(new String(part.raw(), StandardCharsets.UTF_8))) {
      if (!line.startsWith(DATA)) {
        event.append(line);
      } else if (!told) {
        told = true;
        data(new String(json, StandardCharsets.UTF_8), ending(line), event);
      }
    }
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] fresh(Part part, String name, String json) {
    StringBuilder event = new StringBuilder(json.length() + 64);
    String ending = ending(lines(new String(part.raw(), StandardCharsets.UTF_8)).getFirst());
    if (!part.name().isEmpty()) {
      event.append("event: ").append(name).append(ending);
    }
    data(json, ending, event);
    return event.append(ending).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void data(String json, String ending, StringBuilder event) {
    for (String line : json.split("\r\n|\r|\n", -1)) {
      event.append(DATA).append(' ').append(line).append(ending);
    }
  }

  private static List<String> lines(String text) {
    return List.of(text.split("(?<=\n)|(?<=\r)(?!\n)", -1));
  }

  private static String ending(String line) {
    if (line.endsWith("\r\n")) {
      return "\r\n";
    }
    return line.endsWith("\r") ? "\r" : "\n";
  }
}
