// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.filter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One option of a filter.
public record Choice(String value, String label, boolean selected) {

  /// Any, then the values in order; a selected value that is not among them is added, so that a
  /// shared address shows what it filters.
  public static List<Choice> anyOr(Collection<String> values, @Nullable String selected) {
    TreeSet<String> sorted = new TreeSet<>(values);
    if (selected != null) {
      sorted.add(selected);
    }
    List<Choice> choices = new ArrayList<>();
    choices.add(new Choice("", "any", selected == null));
    sorted.stream().map(v -> new Choice(v, v, v.equals(selected))).forEach(choices::add);
    return choices;
  }
}
