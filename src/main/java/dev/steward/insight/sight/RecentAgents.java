// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sight;

import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.AgentActivity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// What all agents did in the last 90 days, read anew when older than a quarter of a minute.
public final class RecentAgents {
  private static final Duration LOOK_BACK = Duration.ofDays(90);
  private static final Duration KEEP = Duration.ofSeconds(15);

  /// A sender's clock may run ahead of ours.
  private static final Duration AHEAD = Duration.ofMinutes(10);

  private final TraceQueries traces;
  private final InstantSource clock;
  private List<AgentActivity> all = List.of();
  private Instant readAt = Instant.MIN;

  public RecentAgents(TraceQueries traces, InstantSource clock) {
    this.traces = traces;
    this.clock = clock;
  }

  /// Of every agent, whoever asks.
  synchronized List<AgentActivity> all() {
    Instant now = clock.instant();
    if (readAt.equals(Instant.MIN) || readAt.plus(KEEP).isBefore(now)) {
      all = traces.activity(query(now));
      readAt = now;
    }
    return all;
  }

  /// Of the agents that may be seen, where they may be.
  public List<AgentActivity> seenBy(AgentSight sight) {
    return sight.everything()
        ? all()
        : new SeenTraces(traces, sight, this).narrowed(all(), query(clock.instant()));
  }

  /// The traces as somebody may see them.
  public TraceQueries traces(AgentSight sight) {
    return sight.everything() ? traces : new SeenTraces(traces, sight, this);
  }

  private static ActivityQuery query(Instant now) {
    return ActivityQuery.of(now.minus(LOOK_BACK), now.plus(AHEAD));
  }
}
