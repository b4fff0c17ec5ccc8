// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.means;

import dev.steward.control.state.Kill;
import dev.steward.control.state.State;
import dev.steward.domain.Part;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.Way;
import dev.steward.insight.finding.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Finds what is killed, so that nobody forgets to restore it.
public final class KillsInForce implements FindingSource {
  private final Supplier<State> state;

  public KillsInForce(Supplier<State> state) {
    this.state = state;
  }

  @Override
  public List<Finding> look(Lately lately) {
    State now = state.get();
    List<Finding> found = new ArrayList<>();
    for (Kill kill : now.kills().all()) {
      found.add(finding(kill, now));
    }
    return found;
  }

  private static Finding finding(Kill kill, State state) {
    String what = kill.selector().plainly();
    String told = state.text(kill.reason()).orElse("a reason that was erased").strip();
    String reason = told.endsWith(".") ? told.substring(0, told.length() - 1) : told;
    return new Finding(
        "killed/" + kill.id(),
        kill.selector().everything() ? Severity.CRITICAL : Severity.WARNING,
        subject(kill),
        Words.begin(what) + " is killed",
        "Its calls are refused until somebody restores it: "
            + reason
            + (kill.proposal().isPresent() ? ". Somebody proposed to restore it." : "."),
        kill.at(),
        List.of(Way.to("the kill", "live")),
        List.of(
            Way.to(
                kill.proposal().isPresent()
                    ? "agree to restore it, with a reason"
                    : "restore it, with a reason",
                "live"),
            Way.run(
                "restore it from a terminal", "steward restore " + kill.id() + " --reason WHY")));
  }

  private static Subject subject(Kill kill) {
    String environment = kill.selector().value(Part.ENVIRONMENT);
    return new Subject(
        kill.selector().value(Part.AGENT), environment.isEmpty() ? Set.of() : Set.of(environment));
  }
}
