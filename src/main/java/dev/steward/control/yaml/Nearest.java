// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The word that was probably meant.
public final class Nearest {
  private static final int LENGTH_MAX = 120;

  private Nearest() {}

  /// The known word with the fewest changed letters, empty when none is near.
  public static Optional<String> to(String written, Collection<String> known) {
    if (written.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    int far = Math.max(2, written.length() / 3);
    return known.stream()
        .filter(word -> Math.abs(word.length() - written.length()) <= far)
        .map(word -> new Candidate(word, distance(written, word)))
        .filter(candidate -> candidate.distance <= far)
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word))
        .map(Candidate::word);
  }

  /// ` Did you mean x?`, or nothing.
  public static String hint(String written, Collection<String> known) {
    return to(written, known).map(word -> " Did you mean " + word + "?").orElse("");
  }

  private record Candidate(String word, int distance) {}

  private static int distance(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
