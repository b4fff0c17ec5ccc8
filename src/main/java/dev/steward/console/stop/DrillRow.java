// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stop;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Moment;
import dev.steward.console.format.Moments;
import dev.steward.console.part.Mark;
import dev.steward.control.drill.Drill;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A drill that was held.
///
/// @param measured the figures in words
/// @param href its entry in the ledger
public record DrillRow(
    String of, Mark mark, String measured, Moment at, String by, String id, String href) {
  private static final int ROWS_MAX = 20;

  private static final Map<String, String> WORDS =
      Map.of(
          "streams", "streams",
          "cut", "calls cut",
          "receiptToLastByteMedianMicros", "to the last byte (median)",
          "receiptToLastByteMaxMicros", "to the last byte (longest)",
          "failures", "failures until it opened",
          "firstFailureToRefusalMicros", "from the first failure to the first refusal",
          "refusalToProbeMicros", "until a call was let through to try",
          "probes", "tries until it closed");

  /// The newest drills.
  static List<DrillRow> of(State state, Moments moments) {
    List<DrillRow> rows = new ArrayList<>();
    for (Drill drill : state.drills().all()) {
      if (rows.size() < ROWS_MAX) {
        rows.add(row(drill, state, moments));
      }
    }
    return rows;
  }

  private static DrillRow row(Drill drill, State state, Moments moments) {
    return new DrillRow(
        drill.of().replace('-', ' '),
        drill.passed() ? new Mark(Mark.Tone.OK, "Passed") : new Mark(Mark.Tone.CRITICAL, "Failed"),
        drill.passed() ? measured(drill) : drill.note(),
        moments.of(drill.at()),
        ActorName.of(drill.by(), state),
        drill.id(),
        PageUrl.of("/ledger").with("thing", drill.id()).toString());
  }

  private static String measured(Drill drill) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, Long> figure : drill.figures().entrySet()) {
      String words = WORDS.get(figure.getKey());
      if (words != null) {
        parts.add(value(figure.getKey(), figure.getValue()) + " " + words);
      }
    }
    return String.join(", ", parts);
  }

  private static String value(String name, long value) {
    return name.endsWith("Micros")
        ? BigDecimal.valueOf(value / 100, 1).toPlainString() + " ms"
        : Long.toString(value);
  }
}
