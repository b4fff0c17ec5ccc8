// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import dev.steward.control.baseline.DriftAddress;
import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.state.State;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.ShellWord;
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
    return state.get().baselines().alarms().stream()
        .filter(DriftAlarm::open)
        .map(DriftFindings::finding)
        .toList();
  }

  private static Finding finding(DriftAlarm alarm) {
    String agent = ShellWord.of(alarm.agent());
    String where = " --environment " + ShellWord.of(alarm.environment());
    String page = DriftAddress.of(alarm.agent(), alarm.environment());
    return new Finding(
        "drift/" + alarm.id(),
        Severity.WARNING,
        new Subject(alarm.agent(), Set.of(alarm.environment())),
        "%s no longer does what it did%s: %s went %s"
            .formatted(
                alarm.agent(),
                alarm.environment().isEmpty() ? "" : " in " + alarm.environment(),
                alarm.trait(),
                alarm.direction()),
        alarm.why() + ".",
        alarm.began(),
        List.of(Way.to("what moved, how sure, and why", page)),
        List.of(
            Way.to("compare runs from before and after", page),
            Way.run(
                "put the earlier version back",
                "steward release rollback " + agent + where + " --reason WHY"),
            Way.run(
                "or take the new way as the right one",
                "steward baseline relearn " + agent + where + " --reason WHY")));
  }
}
