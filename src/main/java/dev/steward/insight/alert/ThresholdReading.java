// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.alert;

import dev.steward.control.yaml.Durations;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.AlertRule.Side;
import dev.steward.domain.resource.AlertRule.Threshold;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.TwoShares;
import dev.steward.insight.finding.Way;
import dev.steward.trace.run.AgentActivity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a threshold says of one agent.
///
/// @param environment "" for everywhere
/// @param runs that count for the measure
public record ThresholdReading(
    AlertRule rule,
    Threshold threshold,
    String agent,
    String environment,
    Set<String> environments,
    long runs,
    Said said) {
  public ThresholdReading {
    environments = Set.copyOf(environments);
  }

  /// What is known of the measure.
  public sealed interface Said {
    /// How it is named to programs.
    default String word() {
      return switch (this) {
        case Beyond _ -> "beyond";
        case Within _ -> "within";
        case NotEnough _ -> "not-enough-data";
      };
    }
  }

  /// It lies beyond the limit.
  public record Beyond(BigDecimal value) implements Said {}

  public record Within(BigDecimal value) implements Said {}

  /// Nothing can be said.
  ///
  /// @param why in a few words
  public record NotEnough(String why) implements Said {}

  static ThresholdReading of(
      AlertRule rule, Threshold threshold, String environment, AgentActivity activity) {
    long runs = Measured.runs(threshold.measure(), activity);
    return new ThresholdReading(
        rule,
        threshold,
        activity.agent(),
        environment,
        activity.environments(),
        runs,
        Measured.said(threshold, runs, activity));
  }

  /// How ids of the findings of a threshold begin.
  static String start(AlertRule rule) {
    return "threshold/" + rule.name() + "/";
  }

  String id() {
    return start(rule) + agent + (environment.isEmpty() ? "" : "/" + environment);
  }

  /// Such as `error share of refunds is 12.0 %, above 5.0 %`.
  Finding finding(BigDecimal value) {
    String where = environment.isEmpty() ? "" : " in " + environment;
    return new Finding(
        id(),
        Severity.valueOf(threshold.level().name()),
        new Subject(agent, environment.isEmpty() ? environments : Set.of(environment), environment),
        "The %s of %s%s is %s, %s the limit of %s"
            .formatted(
                Measured.words(threshold.measure()),
                agent,
                where,
                shown(value),
                threshold.side() == Side.ABOVE ? "above" : "below",
                shown(threshold.limit())),
        "Over %s and %d %s; the rule %s asks for %d at least."
            .formatted(
                Durations.write(threshold.window()),
                runs,
                runs == 1 ? "run" : "runs",
                rule.name(),
                threshold.runs()),
        null,
        List.of(
            Way.to("its runs", "runs", "agent", agent, "range", range(), "sort", sort()),
            Way.to("the agent itself", "agents/" + agent)),
        List.of());
  }

  private String sort() {
    return switch (threshold.measure()) {
      case DURATION -> "duration";
      case COST -> "cost";
      case SUCCESS, ERRORS, RUNS -> "started";
    };
  }

  private String range() {
    long hours = threshold.window().toHours();
    return hours < 1 ? "1h" : hours <= 24 ? "24h" : hours <= 168 ? "7d" : "30d";
  }

  /// A value of the measure as people read it.
  public String shown(BigDecimal value) {
    return switch (threshold.measure()) {
      case SUCCESS, ERRORS -> TwoShares.percent(value.doubleValue());
      case DURATION -> String.format(Locale.ROOT, "%.1f s", value.doubleValue());
      case COST -> value.setScale(4, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
      case RUNS -> value.toPlainString();
    };
  }
}
