// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

import dev.steward.assurance.report.Source;
import java.util.List;

/// Where a line is told: its page, and its place in the ledger where it has one.
final class StorySources {
  private StorySources() {}

  static List<Source> of(StoryLine line) {
    Source page = Source.page(line.page());
    return line.sequence() < 0 ? List.of(page) : List.of(page, Source.entry(line.sequence()));
  }
}
