// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.trait;

import dev.steward.domain.release.Wilson;
import dev.steward.insight.drift.ChangePoint;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// That a trait drifted, as of the run in which it was found.
///
/// @param up whether its share rose
/// @param at when it was found
/// @param runs since the baseline until it was found
/// @param delay runs from its beginning until it was found
/// @param began when it probably began
/// @param earliest that it may have begun as well
/// @param latest that it may have begun as well
/// @param since of the runs from its beginning until it was found
/// @param examplesBefore ids of runs just before it began
/// @param examplesSince ids of runs since then that are as the drift goes
public record TraitDrift(
    boolean up,
    Instant at,
    int runs,
    int delay,
    Instant began,
    Instant earliest,
    Instant latest,
    Wilson since,
    List<String> examplesBefore,
    List<String> examplesSince) {
  private static final int EXAMPLES = 3;

  public TraitDrift {
    examplesBefore = List.copyOf(examplesBefore);
    examplesSince = List.copyOf(examplesSince);
  }

  /// `up` or `down`.
  public String direction() {
    return up ? "up" : "down";
  }

  /// @param found how many of the scores it took
  static TraitDrift of(Scores all, int found, double before, boolean up) {
    ChangePoint change = ChangePoint.of(all.first(found), before, up);
    List<PastRun> runs = all.runs();
    int first = change.first();
    return new TraitDrift(
        up,
        runs.get(found - 1).heard(),
        found,
        found - first,
        runs.get(first).heard(),
        runs.get(change.earliest()).heard(),
        runs.get(change.latest()).heard(),
        all.share(first, found),
        runs.subList(Math.max(0, first - EXAMPLES), first).stream().map(PastRun::id).toList(),
        examples(all, first, found, up ? 1 : 0));
  }

  private static List<String> examples(Scores all, int from, int to, double score) {
    return IntStream.range(from, to)
        .filter(i -> all.values()[i] == score)
        .limit(EXAMPLES)
        .mapToObj(i -> all.runs().get(i).id())
        .toList();
  }
}
