// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.trait;

import dev.steward.domain.release.Wilson;
import dev.steward.insight.watch.Measure;
import dev.steward.trace.run.OutcomeWords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// When enough is known of an agent's runs to say what they are like, and what they are like then.
///
/// @param runs that are enough at once
/// @param time after the first run of a version after which `least` are enough, once a later run
///   shows that it has passed
/// @param least number of scores for anything to be said
/// @param settle how long after a run its outcome may be told
public record Learning(int runs, Duration time, int least, Duration settle) {
  /// With 2,000 runs an approval rate of 85 % is known to 1.6 points.
  public static final Learning USUAL =
      new Learning(2_000, Duration.ofDays(7), 50, Duration.ofHours(1));

  private static final int LABELS_MAX = 8;

  private static final double NINE_IN_TEN = 0.9;

  /// The baseline of the first version that has enough runs, empty as long as none has.
  ///
  /// @param all runs in the order in which they were known
  public Optional<LearntBaseline> of(List<PastRun> all) {
    Map<String, List<PastRun>> byVersion = new LinkedHashMap<>();
    for (PastRun run : all) {
      List<PastRun> same = byVersion.computeIfAbsent(run.version(), _ -> new ArrayList<>());
      same.add(run);
      if (same.size() >= runs) {
        return Optional.of(learn(same));
      }
    }
    for (List<PastRun> same : byVersion.values()) {
      Optional<List<PastRun>> within = within(same);
      // A past that is just being imported is over when what came after it is there.
      boolean passed =
          within
              .map(found -> found.getFirst().heard().plus(time))
              .filter(over -> !all.getLast().heard().isBefore(over))
              .isPresent();
      if (passed) {
        return within.map(this::learn);
      }
    }
    return Optional.empty();
  }

  /// The runs of the first such time that has enough: a run from a clock that stood at 1970 does
  /// not begin it.
  private Optional<List<PastRun>> within(List<PastRun> same) {
    for (int first = 0; first + least <= same.size(); first++) {
      Instant over = same.get(first).heard().plus(time);
      if (same.get(first + least - 1).heard().isBefore(over)) {
        int end = first + least;
        while (end < same.size() && same.get(end).heard().isBefore(over)) {
          end++;
        }
        return Optional.of(same.subList(first, end));
      }
    }
    return Optional.empty();
  }

  private LearntBaseline learn(List<PastRun> from) {
    List<TraitBaseline> traits = new ArrayList<>();
    for (Trait trait : traits(from)) {
      TraitBaseline learnt = learn(trait, from);
      if (learnt != null) {
        traits.add(learnt);
      }
    }
    return new LearntBaseline(
        from.getFirst().version(),
        from.getFirst().heard(),
        from.getLast().heard(),
        from.size(),
        traits);
  }

  private @Nullable TraitBaseline learn(Trait trait, List<PastRun> from) {
    double[] scores = Scores.of(trait, from).values();
    long ones = Math.round(Arrays.stream(scores).sum());
    return scores.length < least ? null : new TraitBaseline(trait, new Wilson(ones, scores.length));
  }

  private List<Trait> traits(List<PastRun> from) {
    List<Trait> traits = new ArrayList<>(List.of(new Trait.Success()));
    labels(from).forEach(label -> traits.add(new Trait.Outcome(label)));
    traits.add(new Trait.Errors());
    traits.add(new Trait.Unfinished());
    for (Measure measure : Measure.values()) {
      double[] values =
          from.stream()
              .mapToDouble(run -> run.of(measure))
              .filter(value -> !Double.isNaN(value))
              .sorted()
              .toArray();
      if (values.length >= least) {
        traits.add(new Trait.Above(measure, values[(int) (NINE_IN_TEN * values.length)]));
      }
    }
    return traits;
  }

  /// The most frequent labels. Of two the one says what the other does, and where one of them is a
  /// success, that says both.
  private static List<String> labels(List<PastRun> from) {
    Map<String, Integer> counts = new TreeMap<>();
    for (PastRun run : from) {
      String label = run.outcome();
      if (label != null) {
        counts.merge(label, 1, Integer::sum);
      }
    }
    boolean told = counts.keySet().stream().anyMatch(OutcomeWords.SUCCESS::contains);
    if (counts.size() <= 2 && told) {
      return List.of();
    }
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(counts.size() == 2 ? 1 : LABELS_MAX)
        .map(Map.Entry::getKey)
        .toList();
  }
}
