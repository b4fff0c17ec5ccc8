// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The lines of the diary: what is known of documents, and what changed without a word.
final class DocumentLines {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int KNOWN = 6;
  private static final int CHANGE = 10;

  private DocumentLines() {}

  /// What is known of one document.
  ///
  /// @param version of its source, as it was declared then
  record Known(String source, String document, String hash, String version, Instant at) {}

  static String write(Known known) {
    return JSON.writeValueAsString(
        List.of(
            "known",
            known.source(),
            known.document(),
            known.hash(),
            known.version(),
            known.at().toString()));
  }

  static String write(DocumentChange change) {
    return JSON.writeValueAsString(
        List.of(
            "change",
            change.source(),
            change.document(),
            change.before(),
            change.after(),
            change.at().toString(),
            change.agent(),
            change.environment(),
            change.trace(),
            change.run()));
  }

  /// A line that was cut off is left out.
  static void read(String line, Consumer<Known> known, Consumer<DocumentChange> changed) {
    try {
      List<String> all = new ArrayList<>();
      JsonNode node = JSON.readTree(line);
      node.forEach(field -> all.add(field.asString("")));
      if (all.size() == KNOWN) {
        known.accept(
            new Known(all.get(1), all.get(2), all.get(3), all.get(4), Instant.parse(all.get(5))));
      } else if (all.size() == CHANGE) {
        changed.accept(
            new DocumentChange(
                all.get(1),
                all.get(2),
                all.get(3),
                all.get(4),
                Instant.parse(all.get(5)),
                all.get(6),
                all.get(7),
                all.get(8),
                all.get(9)));
      }
    } catch (JacksonException | DateTimeException e) {
      System.getLogger(DocumentLines.class.getName())
          .log(System.Logger.Level.DEBUG, "a line of the diary is left out", e);
    }
  }
}
