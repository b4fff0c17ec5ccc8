// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.part;

import dev.steward.console.filter.Filter;
import java.util.List;
import java.util.Map;

/// The filters above a list. They are the parameters of the address; the part with the id `results`
/// is exchanged when one changes.
///
/// @param action path of the page
/// @param textOffered whether text can be searched for, as the parameter `q`
/// @param textLabel what the text is compared with
/// @param kept parameters that are sent along
public record FilterBar(
    String action,
    boolean textOffered,
    String textLabel,
    String text,
    List<Filter> filters,
    Map<String, String> kept) {
  public FilterBar {
    filters = List.copyOf(filters);
  }

  /// Filters without a text.
  public static FilterBar of(String action, List<Filter> filters, Map<String, String> kept) {
    return new FilterBar(action, false, "", "", filters, kept);
  }
}
