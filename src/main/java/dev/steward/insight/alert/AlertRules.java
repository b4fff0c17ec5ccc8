// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.alert;

import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.AlertRule.Found;
import dev.steward.domain.resource.AlertRule.Level;
import dev.steward.domain.resource.AlertRule.Threshold;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.Subject;
import java.util.Map;

/// At which findings a rule fires.
public final class AlertRules {
  private AlertRules() {}

  /// Whether the rule fires at the finding.
  public static boolean fires(AlertRule rule, Finding finding, State state) {
    return triggers(rule, finding)
        && concerns(rule, finding.subject(), state)
        && within(rule, finding.subject());
  }

  private static boolean triggers(AlertRule rule, Finding finding) {
    return switch (rule.trigger()) {
      case Found found ->
          level(finding).atLeast(found.least())
              && (found.kinds().isEmpty() || found.kinds().contains(kind(finding)));
      case Threshold _ -> finding.id().startsWith(ThresholdReading.start(rule));
    };
  }

  private static boolean concerns(AlertRule rule, Subject subject, State state) {
    Map<String, String> labels =
        state.agent(subject.agent()).map(Agent::metadata).map(m -> m.labels()).orElse(Map.of());
    return rule.agents().selects(subject.agent(), labels);
  }

  private static boolean within(AlertRule rule, Subject subject) {
    return rule.environments().isEmpty()
        || subject.environments().stream().anyMatch(rule.environments()::contains);
  }

  /// `silent` of `silent/refunds`.
  private static String kind(Finding finding) {
    return finding.id().split("/", 2)[0];
  }

  static Level level(Finding finding) {
    return Level.valueOf(finding.severity().name());
  }
}
