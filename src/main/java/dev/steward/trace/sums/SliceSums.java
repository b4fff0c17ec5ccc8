// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.sums;

import dev.steward.trace.assembly.RunSums;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.ActivitySlice;
import dev.steward.trace.run.OutcomeWords;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Adds runs up to what was done in each of several equal slices of a stretch of time.
public final class SliceSums {
  private final ActivityQuery query;
  private final List<Slice> slices = new ArrayList<>();

  public SliceSums(ActivityQuery query, int count) {
    this.query = query;
    for (int i = 0; i < count; i++) {
      slices.add(new Slice());
    }
  }

  public void add(Run run) {
    if (query.takes(run)) {
      slices.get(query.slice(run.startedAt(), slices.size())).add(run);
    }
  }

  /// The oldest first.
  public List<ActivitySlice> slices() {
    List<ActivitySlice> all = new ArrayList<>(slices.size());
    for (int i = 0; i < slices.size(); i++) {
      all.add(slices.get(i).sum(query, i, slices.size()));
    }
    return all;
  }

  private static final class Slice {
    private final Set<String> done = new HashSet<>();
    private final RunSums cost = new RunSums();
    private long runs;
    private long judged;
    private long successes;
    private long errors;

    void add(Run run) {
      runs++;
      judged += run.outcome() != null || run.score() != null ? 1 : 0;
      errors += run.errors() > 0 ? 1 : 0;
      if (OutcomeWords.success(run.outcome(), run.score())) {
        successes++;
        done.add(run.task());
      }
      RunCost spent = run.cost();
      cost.add(spent.currency(), spent.amount(), spent.priced(), spent.unknown());
    }

    ActivitySlice sum(ActivityQuery query, int slice, int count) {
      return new ActivitySlice(
          query.sliceStart(slice, count),
          query.sliceStart(slice + 1, count),
          runs,
          judged,
          successes,
          errors,
          done.size(),
          cost.cost());
    }
  }
}
