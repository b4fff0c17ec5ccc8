// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import java.util.Locale;
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
}
