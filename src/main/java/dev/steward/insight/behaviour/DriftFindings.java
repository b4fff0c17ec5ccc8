// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.baseline.DriftPage;
import dev.steward.control.state.State;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.Way;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Finds the agents that no longer do what they did, until a person closes the alarm.
public final class DriftFindings implements FindingSource {
  private final Supplier<State> state;

  public DriftFindings(Supplier<State> state) {
    this.state = state;
  }

  @Override
  public List<Finding> look(Lately lately) {
    State now = state.get();
    return now.baselines().alarms().stream()
        .filter(DriftAlarm::open)
        .map(alarm -> finding(alarm, DriftRecord.read(now.record(alarm.record()))))
        .toList();
  }

  private static Finding finding(DriftAlarm alarm, DriftRecord record) {
    String agent = alarm.agent();
    String where = alarm.environment();
    String page = DriftPage.of(agent, where);
    return new Finding(
        "drift/" + alarm.id(),
        Severity.WARNING,
        new Subject(agent, Set.of(where)),
        "%s %s in %s: %s".formatted(agent, "no longer does what it did", where, record.headline()),
        record.why() + ".",
        alarm.began(),
        List.of(Way.to("what moved, how sure, and why", page)),
        List.of(
            Way.to("compare runs from before and after", page),
            Way.run(
                "put the earlier version back",
                "steward release rollback " + agent + " --environment " + where + " --reason WHY"),
            Way.run(
                "or take the new way as the right one",
                "steward baseline relearn "
                    + agent
                    + " --environment "
                    + where
                    + " --reason WHY")));
  }
}
