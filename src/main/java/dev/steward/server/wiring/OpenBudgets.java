// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.control.Control;
import dev.steward.gateway.budget.Budgets;
import dev.steward.server.folder.DataFolder;
import dev.steward.server.outbox.BudgetNotices;
import dev.steward.store.file.FileBudgetLog;
import java.time.InstantSource;

/// The budgets of this server, with whom they tell that they run low; the findings show it too.
///
/// @param log closed with the budgets
record OpenBudgets(Budgets budgets, FileBudgetLog log, BudgetNotices notices) {
  /// There is one node until several share a ledger.
  private static final String NODE = "steward";

  static OpenBudgets open(
      DataFolder folder, Control control, InstantSource clock, Closing closing) {
    FileBudgetLog log = FileBudgetLog.open(folder.budgets());
    BudgetNotices notices = new BudgetNotices();
    try {
      Budgets budgets = Budgets.open(control, NODE, log, clock, notices).start();
      return new OpenBudgets(closing.add(budgets), log, notices);
    } catch (RuntimeException e) {
      log.abandon();
      throw e;
    }
  }
}
