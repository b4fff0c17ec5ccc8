// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

import dev.steward.control.incident.Incident;
import dev.steward.insight.cause.DriftStory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All that is known of an incident.
///
/// @param from the lines since then
/// @param to the lines before
/// @param lines the oldest first
/// @param runs that it is about and that the reader may see
/// @param hiddenRuns how many more it is about, which are unknown or not the reader's to see
/// @param whole whether the lines are all; else older ones are left out
/// @param cause the alarm that it was opened for, empty for none or one that is no longer at hand
public record IncidentStory(
    Incident incident,
    Instant from,
    Instant to,
    List<StoryLine> lines,
    List<AffectedRun> runs,
    int hiddenRuns,
    boolean whole,
    Optional<DriftStory> cause) {
  public IncidentStory {
    lines = List.copyOf(lines);
    runs = List.copyOf(runs);
  }
}
