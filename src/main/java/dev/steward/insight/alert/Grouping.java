// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.alert;

import dev.steward.control.state.State;
import dev.steward.domain.resource.AlertRule;
import dev.steward.insight.finding.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What fires by one rule, by what makes one alert of it. Whoever can send spans can invent agents,
/// so that there are no more than so many alerts of a rule, and one for the rest.
final class Grouping {
  static final int GROUPS_MAX = 100;

  /// The rest; no agent is registered under such a name.
  static final String REST = "*";

  private Grouping() {}

  /// Agents that are registered come first, since nobody can invent those, and then what is open,
  /// so that alerts do not come and go with the names of others.
  ///
  /// @param open groups of the rule that have an alert
  static Map<String, Fired> of(AlertRule rule, List<Finding> found, State state, Set<String> open) {
    Map<String, Fired> groups = groups(rule, found, state);
    if (groups.size() <= GROUPS_MAX) {
      return groups;
    }
    List<Map.Entry<String, Fired>> ranked =
        groups.entrySet().stream()
            .sorted(
                Comparator.comparing(
                        (Map.Entry<String, Fired> each) -> !each.getValue().registered(state))
                    .thenComparing(each -> !open.contains(each.getKey()))
                    .thenComparing(each -> each.getValue().severity())
                    .thenComparing(Map.Entry::getKey))
            .toList();
    Map<String, Fired> kept = new TreeMap<>();
    List<Finding> rest = new ArrayList<>();
    for (Map.Entry<String, Fired> each : ranked) {
      if (kept.size() < GROUPS_MAX && !each.getKey().equals(REST)) {
        kept.put(each.getKey(), each.getValue());
      } else {
        rest.addAll(each.getValue().findings());
      }
    }
    kept.put(REST, Fired.of(rest));
    return kept;
  }

  private static Map<String, Fired> groups(AlertRule rule, List<Finding> found, State state) {
    Map<String, List<Finding>> groups = new HashMap<>();
    for (Finding finding : found) {
      if (AlertRules.fires(rule, finding, state)) {
        groups.computeIfAbsent(group(rule, finding), _ -> new ArrayList<>()).add(finding);
      }
    }
    Map<String, Fired> fired = new TreeMap<>();
    groups.forEach((group, findings) -> fired.put(group, Fired.of(findings)));
    return fired;
  }

  private static String group(AlertRule rule, Finding finding) {
    return switch (rule.telling().group()) {
      case AGENT -> finding.subject().agent();
      case RULE -> "";
      case FINDING -> finding.id();
    };
  }
}
