// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.finding;

import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.AgentActivity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The last day and the week before it, read once for all who look.
///
/// @param today what agents did in the last 24 hours
/// @param before what they did in the seven days before those
public record Lately(
    Instant now, TraceQueries traces, List<AgentActivity> today, List<AgentActivity> before) {
  public static final Duration DAY = Duration.ofDays(1);
  public static final Duration WEEK = Duration.ofDays(7);

  /// A sender's clock may run ahead of ours.
  public static final Duration AHEAD = Duration.ofMinutes(10);

  public Lately {
    today = List.copyOf(today);
    before = List.copyOf(before);
  }

  public static Lately read(TraceQueries traces, Instant now) {
    Instant morning = now.minus(DAY);
    return new Lately(
        now,
        traces,
        traces.activity(morning, now.plus(AHEAD)),
        traces.activity(morning.minus(WEEK), morning));
  }

  public Instant dayBegan() {
    return now.minus(DAY);
  }

  public Optional<AgentActivity> weekOf(String agent) {
    return Optional.ofNullable(weeks().get(agent));
  }

  /// Whether an agent did enough, on the day and in the week, to be compared.
  public boolean comparable(AgentActivity activity) {
    return weekOf(activity.agent())
        .map(week -> new TwoShares(0, activity.runs(), 0, week.runs()).enough())
        .orElse(false);
  }

  private Map<String, AgentActivity> weeks() {
    Map<String, AgentActivity> weeks = new HashMap<>();
    for (AgentActivity activity : before) {
      weeks.put(activity.agent(), activity);
    }
    return weeks;
  }
}
