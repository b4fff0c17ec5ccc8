// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.trait;

import dev.steward.domain.release.Wilson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// What runs say of a trait.
///
/// @param runs that say anything of it, in their order
/// @param values their scores
@SuppressWarnings("ArrayRecordComponent") // a million scores are read one after the other
record Scores(List<PastRun> runs, double[] values) {

  static Scores of(Trait trait, List<PastRun> all) {
    List<PastRun> runs = new ArrayList<>(all.size());
    double[] values = new double[all.size()];
    for (PastRun run : all) {
      OptionalDouble score = trait.score(run);
      if (score.isPresent()) {
        values[runs.size()] = score.getAsDouble();
        runs.add(run);
      }
    }
    return new Scores(runs, Arrays.copyOf(values, runs.size()));
  }

  int count() {
    return values.length;
  }

  double[] first(int count) {
    return Arrays.copyOf(values, count);
  }

  /// Of those between two places.
  Wilson share(int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return new Wilson(Math.round(sum), to - from);
  }
}
