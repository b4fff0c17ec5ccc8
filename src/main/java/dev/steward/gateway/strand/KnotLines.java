// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.strand;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A place in a conversation as a line of text, there and back.
final class KnotLines {
  private static final JsonMapper JSON = JsonMapper.shared();

  private KnotLines() {}

  static String write(Knot knot) {
    ObjectNode line = JSON.createObjectNode();
    line.put("scope", knot.scope());
    line.put("chain", Long.toHexString(knot.chain()));
    line.put("stage", knot.stage().name());
    line.put("next", Long.toHexString(knot.next()));
    ArrayNode calls = line.putArray("calls");
    knot.calls().forEach(calls::add);
    ArrayNode links = line.putArray("links");
    knot.links().forEach(links::add);
    Strand strand = knot.strand();
    line.put("trace", strand.traceId());
    line.put("root", strand.rootSpanId());
    line.put("conversation", strand.conversation());
    line.put("began", strand.startedAt().toString());
    line.put("opening", strand.opening());
    return line.toString();
  }

  /// Empty for what is no such line: one that was cut off, or another version's.
  static Optional<Knot> read(String line) {
    if (line.isBlank()) {
      return Optional.empty();
    }
    try {
      JsonNode read = JSON.readTree(line);
      Strand strand =
          new Strand(
              read.path("trace").stringValue(),
              read.path("root").stringValue(),
              read.path("conversation").stringValue(),
              Instant.parse(read.path("began").stringValue()),
              read.path("opening").stringValue());
      return Optional.of(
          new Knot(
              read.path("scope").stringValue(),
              number(read.path("chain")),
              strand,
              Knot.Stage.valueOf(read.path("stage").stringValue()),
              texts(read.path("calls")),
              List.copyOf(texts(read.path("links"))),
              number(read.path("next"))));
    } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException e) {
      System.getLogger(KnotLines.class.getName())
          .log(System.Logger.Level.DEBUG, "a line of the diary cannot be read", e);
      return Optional.empty();
    }
  }

  private static long number(JsonNode hex) {
    return Long.parseUnsignedLong(hex.stringValue(), 16);
  }

  private static Set<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : array) {
      texts.add(text.stringValue());
    }
    return new HashSet<>(texts);
  }
}
