// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.runs;

import dev.steward.console.frame.PageUrl;
import dev.steward.trace.run.RunQuery.Sort;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The head of a column that can be sorted by.
///
/// @param direction value of aria-sort, null when the list is sorted by another column
/// @param icon arrow of the direction, "" for none
public record SortHead(String label, String href, @Nullable String direction, String icon) {
  static SortHead of(String label, Sort sort, Sort by, boolean descending, PageUrl url) {
    boolean current = sort == by;
    boolean next = !current || !descending;
    PageUrl target =
        url.without("cursor")
            .with("sort", sort == Sort.STARTED ? null : sort.name().toLowerCase(Locale.ROOT))
            .with("order", next ? null : "asc");
    return new SortHead(
        label,
        target.toString(),
        current ? (descending ? "descending" : "ascending") : null,
        current ? (descending ? "down" : "up") : "");
  }
}
