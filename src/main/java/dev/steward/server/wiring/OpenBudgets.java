// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.control.Control;
import dev.steward.gateway.budget.BudgetNotice;
import dev.steward.gateway.budget.Budgets;
import dev.steward.server.folder.DataFolder;
import dev.steward.store.file.FileBudgetLog;
import java.lang.System.Logger;
import java.time.InstantSource;

/// The budgets of this server, whose notices go to its log; the findings show them too.
///
/// @param log closed with the budgets
record OpenBudgets(Budgets budgets, FileBudgetLog log) {
  private static final Logger LOG = System.getLogger(Budgets.class.getName());

  /// There is one node until several share a ledger.
  private static final String NODE = "steward";

  static OpenBudgets open(
      DataFolder folder, Control control, InstantSource clock, Closing closing) {
    FileBudgetLog log = FileBudgetLog.open(folder.budgets());
    try {
      Budgets budgets = Budgets.open(control, NODE, log, clock, OpenBudgets::tell).start();
      return new OpenBudgets(closing.add(budgets), log);
    } catch (RuntimeException e) {
      log.abandon();
      throw e;
    }
  }

  private static void tell(BudgetNotice notice) {
    LOG.log(Logger.Level.WARNING, notice.words());
  }
}
