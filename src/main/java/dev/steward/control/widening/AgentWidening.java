// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.widening;

import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Agent.Oversight;
import dev.steward.domain.resource.Agent.Risk;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Policy;
import java.util.HashSet;
import java.util.Optional;

/// Compares what is declared of an agent, beside its version, with what it was: whether less holds
/// it where it runs. What policies make of it is proved, not looked at here.
final class AgentWidening {
  private final Words words;

  AgentWidening(Words words) {
    this.words = words;
  }

  /// Whether anything changes that policies, budgets, gates or people go by.
  static boolean controlled(Agent before, Agent after) {
    return !before.metadata().labels().equals(after.metadata().labels())
        || !before.environments().equals(after.environments())
        || !new HashSet<>(before.workflows()).equals(new HashSet<>(after.workflows()))
        || before.risk() != after.risk()
        || before.oversight() != after.oversight()
        || !before.owner().equals(after.owner());
  }

  void look(State state, Agent after, Content content, Place place) {
    Agent before = place.agent();
    for (Budget budget : state.all(Budget.class)) {
      if (content.after(Budget.class, budget.name()).isEmpty()) {
        new BudgetWidening(words).look(budget, Optional.of(budget), content, place);
      }
    }
    for (Policy policy : state.all(Policy.class)) {
      if (content.after(Policy.class, policy.name()).isEmpty()) {
        Optional<Policy> same = Optional.of(policy);
        new LoopWidening(words).look(same, same, content, place);
      }
    }
    risk(before, after, place);
    oversight(before, after, place);
    owner(state, before, after, place);
  }

  private void risk(Agent before, Agent after, Place place) {
    if (before.risk() == Risk.HIGH && after.risk() != Risk.HIGH) {
      words.widens(
          place
              + " would be of high risk no more: its owner need not agree to its releases, nor a"
              + " second person to its coming back after a kill");
    } else if (before.risk() != Risk.HIGH && after.risk() == Risk.HIGH) {
      words.narrows(place + " would be of high risk");
    }
  }

  private void oversight(Agent before, Agent after, Place place) {
    if (before.oversight() == Oversight.GOVERNED && after.oversight() != Oversight.GOVERNED) {
      words.widens(
          place
              + " would be observed and not governed any more: tools of its own process that its"
              + " version does not list would be judged no more");
    } else if (before.oversight() != after.oversight()) {
      words.narrows(place + " would be governed");
    }
  }

  /// Who owns an agent of high risk agrees to its releases, so nobody makes themselves its owner.
  private void owner(State state, Agent before, Agent after, Place place) {
    if (before.risk() == Risk.HIGH && !before.owner().equals(after.owner())) {
      // The ledger keeps people by their ids, for ever; whoever is new has none yet.
      String who = state.person(after.owner()).map(Person::id).orElse("a new person");
      words.widens(
          place + " is of high risk, and " + who + " would agree to its releases as its owner");
    }
  }
}
