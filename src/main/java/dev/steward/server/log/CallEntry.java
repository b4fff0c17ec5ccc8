// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.Digest;
import dev.steward.ledger.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An entry of the activity ledger that binds a batch of recorded model calls: the digest of a body
/// that has a line for each, its span's id and the digest of all that the span says.
///
/// @param calls how many
/// @param digests of the body
public record CallEntry(Instant at, int calls, Digest digests) {
  private static final String KIND = "calls";
  private static final int FORM = 1;

  /// One call of a batch.
  record Line(String spanId, Digest digest) {}

  static Entry write(Instant at, List<Line> lines) {
    StringBuilder body = new StringBuilder(lines.size() * 82);
    for (Line line : lines) {
      body.append(line.spanId()).append(' ').append(line.digest().hex()).append('\n');
    }
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    ObjectNode entry = CanonicalJson.object();
    entry.put("form", FORM);
    entry.put("kind", KIND);
    entry.put("at", at.toString());
    entry.put("calls", lines.size());
    entry.put("digests", Digest.of(bytes).hex());
    return new Entry(CanonicalJson.bytes(entry), List.of(bytes));
  }

  /// Empty for an entry of another kind.
  public static Optional<CallEntry> read(byte[] data) {
    try {
      JsonNode entry = CanonicalJson.read(data);
      return entry.path("kind").asString("").equals(KIND) && entry.path("form").asInt(0) == FORM
          ? Optional.of(
              new CallEntry(
                  Instant.parse(entry.path("at").asString("")),
                  entry.path("calls").asInt(0),
                  new Digest(entry.path("digests").asString(""))))
          : Optional.empty();
    } catch (IllegalArgumentException | DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /// The digests that a body holds, by the span's id.
  public static Map<String, Digest> lines(byte[] body) {
    Map<String, Digest> lines = new LinkedHashMap<>();
    for (String line : new String(body, StandardCharsets.UTF_8).split("\n", -1)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        lines.putIfAbsent(line.substring(0, space), new Digest(line.substring(space + 1)));
      }
    }
    return lines;
  }
}
