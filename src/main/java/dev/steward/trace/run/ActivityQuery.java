// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose doings are asked for, and of which stretch of time; a run belongs to the stretch that it
/// started in.
///
/// @param agent null for every agent
/// @param environment null for every environment
/// @param within environments outside of which nothing counts, null where all count
public record ActivityQuery(
    Instant from,
    Instant to,
    @Nullable String agent,
    @Nullable String environment,
    @Nullable Set<String> within) {

  public ActivityQuery(
      Instant from, Instant to, @Nullable String agent, @Nullable String environment) {
    this(from, to, agent, environment, null);
  }

  /// What everybody did everywhere.
  public static ActivityQuery of(Instant from, Instant to) {
    return new ActivityQuery(from, to, null, null);
  }

  /// The same of what was done in these environments alone.
  public ActivityQuery within(Set<String> environments) {
    return new ActivityQuery(from, to, agent, environment, Set.copyOf(environments));
  }

  /// The same of one agent.
  public ActivityQuery of(String one) {
    return new ActivityQuery(from, to, one, environment, within);
  }

  /// Whether the run is asked for.
  public boolean takes(Run run) {
    return !run.startedAt().isBefore(from)
        && run.startedAt().isBefore(to)
        && (agent == null || agent.equals(run.agent()))
        && (environment == null || environment.equals(run.environment()))
        && (within == null || within.contains(run.environment()));
  }

  /// Which of so many equal slices of the stretch a moment in it belongs to.
  public int slice(Instant at, int slices) {
    long millis = Duration.between(from, at).toMillis();
    return (int) Math.min(slices - 1L, millis * slices / lengthMillis());
  }

  /// When a slice of so many begins.
  public Instant sliceStart(int slice, int slices) {
    return from.plusMillis(Math.ceilDiv(lengthMillis() * slice, slices));
  }

  /// At least 1.
  public long lengthMillis() {
    return Math.max(1, Duration.between(from, to).toMillis());
  }
}
