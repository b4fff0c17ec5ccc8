// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.runs;

import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.format.Moment;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Took;
import dev.steward.console.part.Mark;
import dev.steward.domain.Percent;
import dev.steward.trace.run.Run;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One run in a list.
///
/// @param anchor id of its row
/// @param title what was asked, or whose run it is where the reader may not know what was asked
/// @param took so far, while it is open
/// @param tokens in and out together, "unknown" when no model call told
public record RunRow(
    String anchor,
    String id,
    String href,
    Mark mark,
    String title,
    String agent,
    String version,
    boolean registered,
    String environment,
    Moment started,
    String took,
    boolean open,
    int steps,
    int errors,
    String tokens,
    CostText cost,
    @Nullable String outcome,
    Mark.Tone outcomeTone) {

  public static RunRow of(Run run, Moments moments, boolean readsContent) {
    boolean open = run.status().open();
    Instant end = run.endedAt() == null ? (open ? moments.now() : run.lastSeen()) : run.endedAt();
    return new RunRow(
        "run-" + run.id(),
        run.id(),
        "/runs/" + Percent.encoded(run.id()),
        Mark.of(run.status()),
        title(run, readsContent),
        run.agent(),
        shortVersion(run.version()),
        run.registered(),
        run.environment(),
        moments.of(run.startedAt()),
        Took.of(Duration.between(run.startedAt(), end)),
        open,
        run.steps(),
        run.errors(),
        tokens(run),
        CostText.of(run.cost()),
        run.outcome(),
        outcomeTone(run.outcome()));
  }

  /// What a run is called.
  public static String title(Run run, boolean readsContent) {
    return readsContent && !run.title().isBlank() ? run.title() : "Run of " + run.agent();
  }

  /// A version as people compare it: digests by their first characters.
  public static String shortVersion(String version) {
    if (version.equals("undeclared")) {
      return "";
    }
    return Ids.version(version);
  }

  /// The colour of an outcome; a label of the user's own has none.
  public static Mark.Tone outcomeTone(@Nullable String outcome) {
    return switch (outcome) {
      case null -> Mark.Tone.UNKNOWN;
      case "success", "pass", "passed", "correct", "resolved", "approved", "thumbs-up" ->
          Mark.Tone.OK;
      case "failure", "fail", "failed", "incorrect", "error" -> Mark.Tone.CRITICAL;
      case "thumbs-down", "escalation" -> Mark.Tone.WARNING;
      default -> outcome.startsWith("stopped: ") ? Mark.Tone.WARNING : Mark.Tone.UNKNOWN;
    };
  }

  private static String tokens(Run run) {
    if (run.inputTokens() == null && run.outputTokens() == null) {
      return run.modelCalls() == 0 ? "–" : "unknown";
    }
    long in = run.inputTokens() == null ? 0 : run.inputTokens();
    long out = run.outputTokens() == null ? 0 : run.outputTokens();
    return Figures.count(in + out);
  }
}
