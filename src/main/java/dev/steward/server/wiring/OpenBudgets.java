// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.control.Control;
import dev.steward.gateway.budget.BudgetNotice;
import dev.steward.gateway.budget.Budgets;
import dev.steward.server.folder.DataFolder;
import dev.steward.store.file.FileBudgetLog;
import java.lang.System.Logger;
import java.time.InstantSource;

/// Opens the budgets of this server, whose notices go to its log; the findings show them too.
final class OpenBudgets {
  private static final Logger LOG = System.getLogger(Budgets.class.getName());

  /// There is one node until several share a ledger.
  private static final String NODE = "steward";

  private OpenBudgets() {}

  static Budgets open(DataFolder folder, Control control, InstantSource clock) {
    FileBudgetLog log = FileBudgetLog.open(folder.budgets());
    try {
      return Budgets.open(control, NODE, log, clock, OpenBudgets::tell).start();
    } catch (RuntimeException e) {
      log.abandon();
      throw e;
    }
  }

  private static void tell(BudgetNotice notice) {
    LOG.log(Logger.Level.WARNING, notice.words());
  }
}
