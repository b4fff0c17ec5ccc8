// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.filter;

import java.util.List;

/// One filter of a list: a named choice.
///
/// @param name of the parameter
public record Filter(String name, String label, List<Choice> choices) {

  public boolean on() {
    return choices.stream().anyMatch(c -> c.selected() && !c.value().isEmpty());
  }

  /// Whether there is anything to choose.
  public boolean useful() {
    return choices.size() > 1;
  }
}
