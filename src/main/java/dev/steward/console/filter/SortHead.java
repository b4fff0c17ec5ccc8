// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.filter;

import org.jspecify.annotations.Nullable;

/// The head of a column that a table can be sorted by, shown by `sortHead.jte`. A click on the
/// column that sorts already turns the order round.
///
/// @param direction value of aria-sort, null when the list is sorted by another column
/// @param icon arrow of the direction, "" for none
public record SortHead(String label, String href, @Nullable String direction, String icon) {

  /// The heads of one table.
  ///
  /// @param usual the key of the order that the address does not name
  /// @param by the key that it is sorted by now
  /// @param url the page under its filters
  public record Table(PageUrl url, String usual, String by, boolean descending) {

    /// What an address asks for: `sort` and `order`, the largest first unless `order=asc`.
    public static Table of(PageUrl url, String usual) {
      String by = url.get("sort");
      return new Table(url, usual, by == null ? usual : by, !"asc".equals(url.get("order")));
    }

    /// The head of the column with that key.
    public SortHead head(String label, String key) {
      boolean current = key.equals(by);
      PageUrl target =
          url.without("cursor")
              .with("sort", key.equals(usual) ? null : key)
              .with("order", current && descending ? "asc" : null);
      return new SortHead(
          label,
          target.toString(),
          current ? (descending ? "descending" : "ascending") : null,
          current ? (descending ? "down" : "up") : "");
    }
  }
}
