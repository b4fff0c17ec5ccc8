// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.release;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the terms of a canary must at least be for its verdict to count, whoever chose them.
///
/// @param words those that are asked for, as terms are written; none for any terms
public record LeastTerms(Map<String, String> words) {
  /// Whatever the terms are.
  public static final LeastTerms NONE = new LeastTerms(Map.of());

  private static final String ACCEPTED = "accepted-loss";
  private static final String TOLERATED = "tolerated-loss";
  private static final String GUARDRAILS = "guardrails";
  private static final String UNTOLD = "untold";
  private static final String UNITS = "least-units";
  private static final String TIME = "least-time";
  private static final String SETTLE = "settle";
  private static final String LIMIT = "limit";

  /// What can be asked for. A weight, a test and a limit make no verdict easier.
  public static final List<String> WORDS =
      List.of(ACCEPTED, GUARDRAILS, TIME, UNITS, SETTLE, TOLERATED, UNTOLD);

  public LeastTerms {
    words = Collections.unmodifiableMap(new TreeMap<>(words));
  }

  /// Reads them as they are written.
  ///
  /// @throws ApiException INVALID with what is wrong
  public static LeastTerms of(Map<String, String> written) {
    for (String word : written.keySet()) {
      if (!WORDS.contains(word)) {
        throw new ApiException(
            ErrorCode.INVALID,
            word + " cannot be asked of a canary; there are " + String.join(", ", WORDS));
      }
    }
    Map<String, String> kept = read(written).words();
    Map<String, String> asked = new TreeMap<>();
    written.keySet().forEach(word -> asked.put(word, kept.getOrDefault(word, "")));
    return new LeastTerms(asked);
  }

  private static CanaryTerms read(Map<String, String> written) {
    Map<String, String> all = new TreeMap<>(written);
    // Any time that may be asked for lies within it.
    all.put(LIMIT, "90d");
    return CanaryTerms.of(all);
  }

  /// Whether any terms will do.
  public boolean any() {
    return words.isEmpty();
  }

  /// Each of the terms that is looser than is asked, with what is asked; none where the verdict
  /// counts.
  public List<String> looser(CanaryTerms terms) {
    CanaryTerms asked = read(words);
    Map<String, String> is = terms.words();
    List<String> found = new ArrayList<>();
    for (String word : words.keySet()) {
      String both = word + " " + is.get(word) + ", ";
      String wanted = words.getOrDefault(word, "");
      switch (word) {
        case ACCEPTED -> add(found, terms.accepted().compareTo(asked.accepted()) > 0, both, wanted);
        case TOLERATED ->
            add(found, terms.tolerated().compareTo(asked.tolerated()) > 0, both, wanted);
        case UNITS -> least(found, terms.leastUnits() < asked.leastUnits(), both, wanted);
        case TIME -> least(found, shorter(terms.leastTime(), asked.leastTime()), both, wanted);
        case SETTLE -> least(found, shorter(terms.settle(), asked.settle()), both, wanted);
        case UNTOLD -> {
          if (!terms.untold().equals(asked.untold())) {
            found.add(both + "not " + wanted);
          }
        }
        default -> unguarded(terms, asked, found);
      }
    }
    return found;
  }

  private static void add(List<String> found, boolean looser, String both, String wanted) {
    if (looser) {
      found.add(both + "at most " + wanted);
    }
  }

  private static void least(List<String> found, boolean looser, String both, String wanted) {
    if (looser) {
      found.add(both + "at least " + wanted);
    }
  }

  private static boolean shorter(Duration is, Duration wanted) {
    return is.compareTo(wanted) < 0;
  }

  private static void unguarded(CanaryTerms terms, CanaryTerms asked, List<String> found) {
    for (Guarded wanted : asked.guards()) {
      Optional<Guarded> is =
          terms.guards().stream()
              .filter(guard -> guard.form() == wanted.form())
              .filter(guard -> guard.measure().equals(wanted.measure()))
              .findFirst();
      if (is.isEmpty()) {
        found.add(GUARDRAILS + " without " + wanted.word());
      } else if (looser(is.get(), wanted)) {
        String bound = wanted.form() == Guarded.Form.GROWTH ? "at most " : "not ";
        found.add(is.get().word() + ", " + bound + wanted.word());
      }
    }
  }

  /// Another quantile guards another thing, so it counts as looser wherever it lies.
  private static boolean looser(Guarded is, Guarded wanted) {
    int beside = is.bound().compareTo(wanted.bound());
    return switch (wanted.form()) {
      case EVENTS -> false;
      case GROWTH -> beside > 0;
      case TAIL -> beside != 0;
    };
  }

  @Override
  public String toString() {
    List<String> all = new ArrayList<>();
    words.forEach((word, value) -> all.add(word + " " + value));
    return String.join(", ", all);
  }
}
