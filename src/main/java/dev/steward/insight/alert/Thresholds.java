// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.alert;

import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.AlertRule.Threshold;
import dev.steward.insight.alert.ThresholdReading.Beyond;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.AgentActivity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the thresholds of operators: one sum of what agents did for each window and environment
/// that rules name, whatever their number and whoever asks. A sum of what one reader sees would lie
/// beyond a limit where the whole does not.
public final class Thresholds implements FindingSource {
  private static final Duration KEEP = Duration.ofSeconds(5);

  private final Supplier<State> state;
  private final TraceQueries traces;
  private final InstantSource clock;
  private @Nullable Seen seen;

  /// @param traces all there are
  public Thresholds(Supplier<State> state, TraceQueries traces, InstantSource clock) {
    this.state = state;
    this.traces = traces;
    this.clock = clock;
  }

  private record Seen(Instant at, List<AlertRule> rules, List<ThresholdReading> readings) {}

  @Override
  public List<Finding> look(Lately lately) {
    List<Finding> found = new ArrayList<>();
    for (ThresholdReading reading : read()) {
      if (reading.said() instanceof Beyond(var value)) {
        found.add(reading.finding(value));
      }
    }
    return found;
  }

  /// What every threshold says of every agent that it is for: of those that ran, and of those that
  /// it names or that are registered and did not, that there is not enough. As of at most five
  /// seconds ago; who may see which is for whoever asks to say.
  public synchronized List<ThresholdReading> read() {
    State in = state.get();
    Instant now = clock.instant();
    List<AlertRule> rules = List.copyOf(in.all(AlertRule.class));
    Seen last = seen;
    if (last != null && !last.at().plus(KEEP).isBefore(now) && last.rules().equals(rules)) {
      return last.readings();
    }
    List<ThresholdReading> readings = List.copyOf(read(in, rules, now));
    seen = new Seen(now, rules, readings);
    return readings;
  }

  private List<ThresholdReading> read(State in, List<AlertRule> rules, Instant now) {
    Map<Asked, List<AgentActivity>> sums = new HashMap<>();
    List<ThresholdReading> readings = new ArrayList<>();
    for (AlertRule rule : rules) {
      if (rule.trigger() instanceof Threshold threshold) {
        for (String environment : everywhere(rule)) {
          List<AgentActivity> activities =
              sums.computeIfAbsent(
                  new Asked(threshold.window(), environment), asked -> asked.of(traces, now));
          read(rule, threshold, environment, activities, in, now, readings);
        }
      }
    }
    return readings;
  }

  private static List<String> everywhere(AlertRule rule) {
    return rule.environments().isEmpty() ? List.of("") : rule.environments();
  }

  private static void read(
      AlertRule rule,
      Threshold threshold,
      String environment,
      List<AgentActivity> activities,
      State in,
      Instant now,
      List<ThresholdReading> readings) {
    Map<String, AgentActivity> byAgent = new HashMap<>();
    activities.forEach(activity -> byAgent.put(activity.agent(), activity));
    for (Agent agent : in.agents()) {
      byAgent.computeIfAbsent(agent.name(), name -> AgentActivity.none(name, true, now));
    }
    byAgent.values().stream()
        .filter(activity -> rule.agents().selects(activity.agent(), labels(activity.agent(), in)))
        .map(activity -> ThresholdReading.of(rule, threshold, environment, activity))
        .sorted((one, other) -> one.agent().compareTo(other.agent()))
        .forEach(readings::add);
  }

  private static Map<String, String> labels(String agent, State in) {
    return in.agent(agent).map(found -> found.metadata().labels()).orElse(Map.of());
  }

  /// @param environment "" for everywhere
  private record Asked(Duration window, String environment) {
    List<AgentActivity> of(TraceQueries traces, Instant now) {
      return traces.activity(
          new ActivityQuery(
              now.minus(window),
              now.plus(Lately.AHEAD),
              null,
              environment.isEmpty() ? null : environment));
    }
  }
}
