// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.baseline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How it stands with the baseline of an agent in an environment.
///
/// @param baseline in force, null for none
/// @param relearnFrom since when runs count for the next one, null where none was ever let go or
///   another is in force
/// @param told what alarms were raised about on the baseline in force
public record Standing(
    String agent,
    String environment,
    @Nullable FrozenBaseline baseline,
    @Nullable Instant relearnFrom,
    List<Told> told) {
  public Standing {
    told = List.copyOf(told);
  }

  /// What an alarm is about.
  public record Told(String trait, String direction) {}

  static Standing learnt(FrozenBaseline baseline) {
    return new Standing(baseline.agent(), baseline.environment(), baseline, null, List.of());
  }

  static Standing letGo(String agent, String environment, Instant at) {
    return new Standing(agent, environment, null, at, List.of());
  }

  Standing told(Told more) {
    List<Told> all = new ArrayList<>(told);
    all.add(more);
    return new Standing(agent, environment, baseline, relearnFrom, all);
  }

  Optional<FrozenBaseline> inForce() {
    return Optional.ofNullable(baseline);
  }

  Optional<Instant> since() {
    return Optional.ofNullable(relearnFrom);
  }
}
