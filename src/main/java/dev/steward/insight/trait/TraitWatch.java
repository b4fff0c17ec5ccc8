// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.trait;

import dev.steward.insight.drift.DriftDetector;
import dev.steward.insight.trait.TraitReading.Stretch;
import java.util.ArrayList;
import java.util.List;

/// Reads what runs were like against what they were like before. The same runs in the same order
/// give the same readings, however often it is asked.
public final class TraitWatch {
  /// Runs on average until any of an agent's traits alarms though nothing has changed.
  public static final double RUN_LENGTH = 100_000;

  /// So much of the false alarms is spent on what agents are there for.
  private static final double OUTCOMES = 0.8;

  /// Evidence beyond it says no more.
  private static final double LEVEL_MAX = 1e6;

  private static final int LATELY = 200;
  private static final int STRETCHES = 60;

  private TraitWatch() {}

  /// One reading of each trait of the baseline.
  ///
  /// @param since runs that were known after the baseline was learnt, in their order
  public static List<TraitReading> read(LearntBaseline baseline, List<PastRun> since) {
    long outcomes = baseline.traits().stream().filter(TraitWatch::ofOutcome).count();
    long others = baseline.traits().size() - outcomes;
    return baseline.traits().stream()
        .map(trait ->
            read(
                trait,
                since,
                ofOutcome(trait)
                    ? RUN_LENGTH * outcomes / OUTCOMES
                    : RUN_LENGTH * others / (1 - OUTCOMES)))
        .toList();
  }

  private static boolean ofOutcome(TraitBaseline baseline) {
    return switch (baseline.trait()) {
      case Trait.Success _, Trait.Outcome _ -> true;
      case Trait.Errors _, Trait.Unfinished _, Trait.Above _ -> false;
    };
  }

  private static TraitReading read(TraitBaseline baseline, List<PastRun> since, double runLength) {
    Trait trait = baseline.trait();
    Scores scores = Scores.of(trait, since);
    DriftDetector detector = new DriftDetector(baseline.baseline(), trait.tolerance(), runLength);
    double before = baseline.share().share();
    List<TraitDrift> drifts = new ArrayList<>();
    boolean fell = false;
    boolean rose = false;
    for (int i = 0; i < scores.count(); i++) {
      detector.add(scores.values()[i]);
      if (!fell && detector.fallen() >= 1) {
        fell = true;
        drifts.addFirst(TraitDrift.of(scores, i + 1, before, false));
      }
      if (!rose && detector.risen() >= 1) {
        rose = true;
        drifts.addFirst(TraitDrift.of(scores, i + 1, before, true));
      }
    }
    return new TraitReading(
        trait,
        baseline.share(),
        scores.share(Math.max(0, scores.count() - LATELY), scores.count()),
        scores.count(),
        Math.min(LEVEL_MAX, Math.max(detector.fallen(), detector.risen())),
        drifts,
        course(scores));
  }

  private static List<Stretch> course(Scores scores) {
    int count = Math.min(STRETCHES, scores.count() / 10);
    List<Stretch> course = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * scores.count() / count);
      int to = (int) ((long) (i + 1) * scores.count() / count);
      course.add(
          new Stretch(
              scores.runs().get(from).heard(),
              scores.runs().get(to - 1).heard(),
              scores.share(from, to)));
    }
    return course;
  }
}
