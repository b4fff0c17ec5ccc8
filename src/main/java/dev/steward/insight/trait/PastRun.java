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
/// @param heard when it ended, or when we heard of it where the sender's clock is ahead
/// @param outcome lower case, null when none was told
/// @param success null as long as no outcome and no score is told
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
  /// A longer outcome is no label, and is not kept.
  private static final int LABEL_MAX = 64;

  private static final String SENTENCE = "(a sentence)";

  public static final Comparator<PastRun> IN_ORDER =
      Comparator.comparing(PastRun::heard).thenComparing(PastRun::id);

  /// @param run that is not open
  public static PastRun of(Run run) {
    String outcome = label(run);
    boolean told = run.outcome() != null || run.score() != null;
    return new PastRun(
        run.id(),
        endOf(run),
        run.version().intern(),
        outcome,
        told ? OutcomeWords.success(run.outcome(), run.score()) : null,
        run.errors() > 0,
        OutcomeWords.failed(run),
        run.duration().toMillis() / 1e3,
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

  private static Instant endOf(Run run) {
    Instant ended = run.endedAt();
    return ended == null || ended.isAfter(run.lastSeen()) ? run.lastSeen() : ended;
  }

  private static @Nullable String label(Run run) {
    String outcome = run.outcome();
    if (outcome == null) {
      return null;
    }
    return outcome.length() > LABEL_MAX ? SENTENCE : outcome.toLowerCase(Locale.ROOT).intern();
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
