// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.model;

import dev.steward.trace.diary.DiaryLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The lines of the diary: one for each answerer that an asking got for the first time.
final class AnswerLines {
  private static final int FIELDS = 9;

  private AnswerLines() {}

  /// An answer that was the first of its kind.
  record First(Asking asked, Answerer answered, Instant at, String environment, String run) {}

  static String write(First first) {
    Asking asked = first.asked();
    return DiaryLine.of(
        List.of(
            first.at().toString(),
            asked.agent(),
            asked.use(),
            asked.provider(),
            asked.model(),
            first.answered().model(),
            first.answered().fingerprint(),
            first.environment(),
            first.run()));
  }

  /// Empty for a line that was cut off.
  static Optional<First> read(String line) {
    return DiaryLine.read(
        line,
        FIELDS,
        fields ->
            new First(
                new Asking(fields.get(1), fields.get(2), fields.get(3), fields.get(4)),
                new Answerer(fields.get(5), fields.get(6)),
                Instant.parse(fields.get(0)),
                fields.get(7),
                fields.get(8)));
  }
}
