// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Cost of a stretch of time, grouped.
///
/// @param only the values that count, by dimension; a dimension that is not there does not filter.
///   An agent's is its own cost, in whatever run
/// @param countsRuns whether the runs of each group are counted, which is most of the work
public record CostQuery(
    List<By> by, Instant from, Instant to, Map<By, Set<String>> only, boolean countsRuns) {
  public CostQuery {
    by = List.copyOf(by);
    Map<By, Set<String>> copied = new EnumMap<>(By.class);
    for (Map.Entry<By, Set<String>> entry : only.entrySet()) {
      if (entry.getKey().time()) {
        throw new IllegalArgumentException("a stretch of time is from and to, not " + entry);
      }
      copied.put(entry.getKey(), Set.copyOf(entry.getValue()));
    }
    only = Map.copyOf(copied);
  }

  public CostQuery(List<By> by, Instant from, Instant to, Map<By, Set<String>> only) {
    this(by, from, to, only, true);
  }

  /// @param agent null for all
  /// @param environment null for all
  public CostQuery(
      List<By> by, Instant from, Instant to, @Nullable String agent, @Nullable String environment) {
    this(by, from, to, chosen(agent, environment));
  }

  private static Map<By, Set<String>> chosen(@Nullable String agent, @Nullable String environment) {
    Map<By, Set<String>> chosen = new EnumMap<>(By.class);
    if (agent != null) {
      chosen.put(By.AGENT, Set.of(agent));
    }
    if (environment != null) {
      chosen.put(By.ENVIRONMENT, Set.of(environment));
    }
    return chosen;
  }

  /// A dimension that cost is grouped by.
  public enum By {
    /// Who spent it: what a sub-agent spends is its own cost, not that of the run's agent.
    AGENT,
    /// The agent in whose run it was spent.
    CALLER,
    VERSION,
    /// What the money went to: `model`, `tool`, `api`, `retrieval`, `compute` or `review`.
    WHAT,
    /// Who is paid for it.
    PROVIDER,
    MODEL,
    TOOL,
    WORKFLOW,
    TEAM,
    ENVIRONMENT,
    /// By its id. There are very many: the time should be short, or the query about little.
    RUN,
    /// The part of an agent's work, by name.
    STEP,
    /// In UTC, such as `2026-11-21`.
    DAY,
    /// In UTC, such as `2026-11-21T03:00:00Z`.
    HOUR,
    /// In UTC, such as `2026-11-21T03:12:00Z`.
    MINUTE;

    /// Whether its values are stretches of time.
    public boolean time() {
      return this == DAY || this == HOUR || this == MINUTE;
    }

    /// Whether every run has one value of it, so that tasks can be grouped by it.
    public boolean ofRuns() {
      return switch (this) {
        case CALLER, WHAT, PROVIDER, MODEL, TOOL, STEP -> false;
        case AGENT, VERSION, WORKFLOW, TEAM, ENVIRONMENT, RUN, DAY, HOUR, MINUTE -> true;
      };
    }
  }

  /// The same in other groups.
  public CostQuery groupedBy(By... other) {
    return new CostQuery(List.of(other), from, to, only, countsRuns);
  }

  /// The same without the number of runs.
  public CostQuery withoutRuns() {
    return new CostQuery(by, from, to, only, false);
  }

  /// One group: the values in the order of `by`, "" where a span has none.
  ///
  /// @param runs null when they were not to be counted
  public record Row(
      List<String> group,
      RunCost cost,
      @Nullable Long runs,
      long modelCalls,
      @Nullable Long inputTokens,
      @Nullable Long outputTokens) {}

  /// What the tasks of one group cost, with everything that was tried for them.
  ///
  /// @param runs of all tasks
  /// @param judged tasks of which an outcome is known
  /// @param successes tasks that a run ended well for
  /// @param cost of all runs of the judged tasks
  public record TaskRow(
      List<String> group, long runs, long tasks, long judged, long successes, RunCost cost) {

    /// What was spent for each success, empty where nothing succeeded or some of it is unknown.
    public Optional<BigDecimal> perSuccess() {
      return successes == 0 || !cost.known()
          ? Optional.empty()
          : Optional.of(cost.amount().divide(BigDecimal.valueOf(successes), MathContext.DECIMAL32));
    }
  }
}
