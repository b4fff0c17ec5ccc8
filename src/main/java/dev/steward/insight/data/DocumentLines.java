// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.data;

import dev.steward.trace.diary.DiaryLine;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// The lines of the diary: what is known of documents, and what changed without a word.
final class DocumentLines {
  private static final int KNOWN = 6;
  private static final int CHANGE = 10;

  private DocumentLines() {}

  /// What is known of one document.
  ///
  /// @param version of its source, as it was declared then
  /// @param at since when
  record Known(String source, String document, String hash, String version, Instant at) {
    static List<String> key(String source, String document) {
      return List.of(source, document);
    }

    List<String> key() {
      return key(source, document);
    }
  }

  static String write(Known known) {
    return DiaryLine.of(
        List.of(
            "known",
            known.source(),
            known.document(),
            known.hash(),
            known.version(),
            known.at().toString()));
  }

  static String write(DocumentChange change) {
    return DiaryLine.of(
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
      read(DiaryLine.fields(line).orElse(List.of()), known, changed);
    } catch (DateTimeException e) {
      System.getLogger(DocumentLines.class.getName())
          .log(System.Logger.Level.DEBUG, "a line of the diary is left out", e);
    }
  }

  private static void read(
      List<String> all, Consumer<Known> known, Consumer<DocumentChange> changed) {
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
  }
}
