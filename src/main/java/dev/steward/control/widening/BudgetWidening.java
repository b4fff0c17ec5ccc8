// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.widening;

import dev.steward.control.gate.Pinning;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Budget;
import java.util.Locale;
import java.util.Optional;

/// Compares a budget with what it was: whether those that it stops may spend more. One that is new
/// only stops more.
final class BudgetWidening {
  private final Words words;

  BudgetWidening(Words words) {
    this.words = words;
  }

  /// @param after empty where it would be gone
  void look(Budget before, Optional<Budget> after, Content content, Place place) {
    if (!Pinning.concerns(before.scope(), place.agent(), place.environment())) {
      return;
    }
    String budget = "budget " + before.name();
    if (after.isEmpty()) {
      words.widens(budget + " would stop " + place + " no more: it is deleted");
      return;
    }
    Budget is = after.get();
    Agent agent = content.after(Agent.class, place.agent().name()).orElse(place.agent());
    if (!Pinning.concerns(is.scope(), agent, place.environment()) || narrower(before, is)) {
      words.widens(budget + " would stop " + place + " no more: its scope is another");
      return;
    }
    limit(budget, before, is, place);
    if (before.onUnknown() == Budget.OnUnknown.REFUSE && is.onUnknown() != before.onUnknown()) {
      words.widens(budget + " would let calls of unknown price through for " + place);
    }
    boolean said = is.unknownCall() != null || before.unknownCall() != null;
    if (said
        && is.unknownReservation().compareTo(before.unknownReservation()) < 0
        && is.onUnknown() == Budget.OnUnknown.CHARGE_RESERVATION
        && before.onUnknown() == is.onUnknown()
        && is.limit().unit().equals(before.limit().unit())) {
      words.widens(budget + " would charge calls of unknown price less for " + place);
    }
  }

  private static boolean narrower(Budget before, Budget is) {
    String workflow = is.scope().workflow();
    return is.scope().shadow() != before.scope().shadow()
        || (!workflow.isEmpty() && !workflow.equals(before.scope().workflow()));
  }

  private void limit(String budget, Budget before, Budget is, Place place) {
    String change = written(before) + " becomes " + written(is) + " for " + place;
    int more = is.limit().amount().compareTo(before.limit().amount());
    if (!is.window().equals(before.window())) {
      // Another window begins empty, whatever was used in this one.
      words.widens(budget + ": " + change + ", and what was used in its window counts no more");
    } else if (!before.limit().unit().equals(is.limit().unit()) || more > 0) {
      words.widens(budget + ": " + change);
    } else if (more < 0) {
      words.narrows(budget + ": " + change);
    }
  }

  private static String written(Budget budget) {
    return budget.limit().amount().toPlainString()
        + " "
        + budget.limit().unit()
        + " a "
        + budget.window().every().name().toLowerCase(Locale.ROOT);
  }
}
