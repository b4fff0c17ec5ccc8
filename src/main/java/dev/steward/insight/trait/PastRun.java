// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.trait;

import dev.steward.insight.watch.Measure;
import dev.steward.trace.run.OutcomeWords;
import dev.steward.trace.run.Run;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// As much of a run that has ended as is watched.
///
/// @param heard when its last word came
/// @param outcome lower case, null when none was told
/// @param success null when nothing tells it
/// @param unfinished whether it failed or was abandoned
/// @param tokens NaN when not known
/// @param cost in USD, NaN when not known
public record PastRun(
    String id,
    Instant heard,
    String version,
    @Nullable String outcome,
    @Nullable Boolean success,
    boolean errors,
    boolean unfinished,
    double seconds,
    double steps,
    double tokens,
    double cost) {
  public static final Comparator<PastRun> IN_ORDER =
      Comparator.comparing(PastRun::heard).thenComparing(PastRun::id);

  /// @param run that is not open
  public static PastRun of(Run run) {
    String outcome = run.outcome();
    Instant ended = run.endedAt();
    return new PastRun(
        run.id(),
        ended == null ? run.lastSeen() : ended,
        run.version().intern(),
        outcome == null ? null : outcome.toLowerCase(Locale.ROOT).intern(),
        OutcomeWords.success(run).orElse(null),
        run.errors() > 0,
        OutcomeWords.failed(run),
        run.duration().toNanos() / 1e9,
        run.steps(),
        tokens(run),
        cost(run));
  }

  double of(Measure measure) {
    return switch (measure) {
      case COST -> cost;
      case DURATION -> seconds;
      case STEPS -> steps;
      case TOKENS -> tokens;
    };
  }

  private static double tokens(Run run) {
    Long input = run.inputTokens();
    Long output = run.outputTokens();
    return input == null || output == null ? Double.NaN : input + output;
  }

  private static double cost(Run run) {
    return run.cost().known() && run.cost().currency().equals("USD")
        ? run.cost().amount().doubleValue()
        : Double.NaN;
  }
}
