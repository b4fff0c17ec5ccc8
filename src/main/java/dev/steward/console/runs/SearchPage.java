// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.runs;

import dev.steward.console.frame.Frame;
import java.util.List;

/// What the words in the search box name.
///
/// @param words as they were searched for
/// @param said address of the runs in which they were said, "" for who may not read that
public record SearchPage(Frame frame, String words, List<Hit> hits, String said) {

  /// A thing that is named by the words.
  ///
  /// @param kind such as Agent
  public record Hit(String kind, String name, String href, String note) {}
}
