// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.means;

import dev.steward.control.proposal.Proposal;
import dev.steward.control.state.State;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Finds the changes that wait for a second person, so that nobody takes them for done.
public final class WaitingChanges implements FindingSource {
  private final Supplier<State> state;

  public WaitingChanges(Supplier<State> state) {
    this.state = state;
  }

  @Override
  public List<Finding> look(Lately lately) {
    List<Finding> found = new ArrayList<>();
    for (Proposal proposal : state.get().proposals().open()) {
      found.add(finding(proposal));
    }
    return found;
  }

  private static Finding finding(Proposal proposal) {
    String id = proposal.id();
    int more = proposal.widens().size() - 1;
    return new Finding(
        "proposal/" + id,
        Severity.NOTE,
        new Subject("", Set.of()),
        "A change waits for a second person",
        "It widens what agents may do or spend where they run: "
            + proposal.widens().getFirst()
            + (more > 0 ? ", and " + more + " more." : "."),
        proposal.at(),
        List.of(Way.to("what it would change", "proposals/" + id)),
        List.of(
            Way.to("accept or reject it, with a reason", "proposals/" + id),
            Way.run("accept it from a terminal", "steward accept " + id + " --reason WHY")));
  }
}
