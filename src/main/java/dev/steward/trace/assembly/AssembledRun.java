// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunStatus;
import dev.steward.trace.run.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A run with what lists and sums need beside it.
///
/// @param run as its spans say, not yet judged by how long it has been silent
/// @param ended end of the run, or of its last span so far
/// @param firstSeen first receipt
/// @param ungovernedSince when the first call was heard of that the gateway did not see, null when
///   it saw all that it should have
public record AssembledRun(
    Run run,
    Instant ended,
    Instant firstSeen,
    Set<String> models,
    Set<String> tools,
    Set<String> sources,
    Set<String> services,
    List<CostLine> lines,
    @Nullable Instant ungovernedSince) {

  /// How long the gateway's own record of a call may take.
  private static final Duration GATEWAY_TELLS_WITHIN = Duration.ofSeconds(10);

  /// The run as it stands at the moment: abandoned when it has been silent for too long, and
  /// without calls of which the gateway's own record may still come.
  public Run at(Instant now, Silence silence) {
    boolean abandoned = silence.abandons(run.status(), run.lastSeen(), now);
    boolean early =
        ungovernedSince != null && ungovernedSince.plus(GATEWAY_TELLS_WITHIN).isAfter(now);
    Run there = abandoned ? run.in(RunStatus.ABANDONED, ended) : run;
    return early ? there.past(0, 0) : there;
  }
}
