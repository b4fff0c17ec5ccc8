// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.budget;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.pcollections.TreePMap;

/// What the ledger says of all windows. It never changes; the next one is another. Of each budget
/// the newest windows are kept, what is older stands in the ledger.
public final class BudgetBook {
  public static final BudgetBook EMPTY = new BudgetBook(TreePMap.empty());

  private static final int WINDOWS_MAX = 512;

  private final TreePMap<String, TreePMap<String, LentWindow>> windows;

  private BudgetBook(TreePMap<String, TreePMap<String, LentWindow>> windows) {
    this.windows = windows;
  }

  public static BudgetBook of(List<LentWindow> rows) {
    BudgetBook book = EMPTY;
    for (LentWindow row : rows) {
      book = book.with(row);
    }
    return book;
  }

  /// The window; one of which the ledger says nothing is empty.
  public LentWindow window(WindowKey key) {
    LentWindow window = windows.getOrDefault(key.budget(), TreePMap.empty()).get(place(key));
    return window == null ? LentWindow.fresh(key) : window;
  }

  /// All kept windows, by budget, of each the oldest first.
  public List<LentWindow> rows() {
    List<LentWindow> rows = new ArrayList<>();
    windows.values().forEach(ofBudget -> rows.addAll(ofBudget.values()));
    return rows;
  }

  public BudgetBook taken(WindowKey key, String node, BigDecimal amount, BigDecimal spent) {
    LentWindow window = window(key);
    return with(window.with(node, window.share(node).take(amount, spent)));
  }

  public BudgetBook returned(WindowKey key, String node, BigDecimal amount, BigDecimal spent) {
    LentWindow window = window(key);
    return with(window.with(node, window.share(node).giveBack(amount, spent)));
  }

  public BudgetBook toppedUp(WindowKey key, TopUp topUp) {
    return with(window(key).with(topUp));
  }

  private BudgetBook with(LentWindow window) {
    WindowKey key = window.key();
    TreePMap<String, LentWindow> ofBudget =
        windows.getOrDefault(key.budget(), TreePMap.empty()).plus(place(key), window);
    while (ofBudget.size() > WINDOWS_MAX) {
      ofBudget = ofBudget.minus(ofBudget.firstKey());
    }
    return new BudgetBook(windows.plus(key.budget(), ofBudget));
  }

  private static String place(WindowKey key) {
    return key.period() + " " + key.unit();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BudgetBook book && windows.equals(book.windows);
  }

  @Override
  public int hashCode() {
    return windows.hashCode();
  }

  @Override
  public String toString() {
    return "BudgetBook" + windows.values();
  }
}
