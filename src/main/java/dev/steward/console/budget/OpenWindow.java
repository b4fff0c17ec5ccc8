// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.budget;

import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.live.BudgetUse.Use;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A window that is open now, with its budget.
///
/// @param id of its section on the page of budgets
record OpenWindow(String id, Budget budget, Use use) {

  /// Those that the reader may see, in the order of the page of budgets.
  static List<OpenWindow> all(ConsoleViews views, State state, Reader reader) {
    List<OpenWindow> open = new ArrayList<>();
    for (Use use : views.budgets().now()) {
      Optional<Budget> budget =
          state
              .find(Budget.class, use.key().budget())
              .filter(found -> reader.rights().may(Permission.READ, Scopes.of(found)));
      if (budget.isPresent()) {
        open.add(new OpenWindow("budget-" + open.size(), budget.get(), use));
      }
    }
    return open;
  }
}
