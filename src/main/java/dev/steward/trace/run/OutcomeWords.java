// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which outcomes count as a success.
public final class OutcomeWords {
  /// Labels of success, lower case; every other label is none.
  public static final Set<String> SUCCESS =
      Set.of(
          "success",
          "succeeded",
          "pass",
          "passed",
          "approved",
          "resolved",
          "ok",
          "correct",
          "completed",
          "accepted",
          "true",
          "yes",
          "good");

  private OutcomeWords() {}

  /// By its label, else by a score of at least one half.
  public static boolean success(@Nullable String label, @Nullable Double score) {
    if (label != null) {
      return SUCCESS.contains(label.toLowerCase(Locale.ROOT));
    }
    return score != null && score >= 0.5;
  }

  /// Whether a run succeeded: by its outcome or score, else not when it failed or was abandoned;
  /// empty where nothing tells it.
  public static Optional<Boolean> success(Run run) {
    if (run.outcome() != null || run.score() != null) {
      return Optional.of(success(run.outcome(), run.score()));
    }
    return failed(run) ? Optional.of(false) : Optional.empty();
  }

  /// Whether a run failed or was abandoned.
  public static boolean failed(Run run) {
    return run.status() == RunStatus.FAILED || run.status() == RunStatus.ABANDONED;
  }
}
