// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

import java.util.List;

/// The rail's entries in their order.
final class Navigation {
  /// One entry.
  ///
  /// @param segment of the section it leads to, and the name of its icon
  /// @param wholeServer whether it is only for who may see everything
  record Entry(String label, String segment, boolean wholeServer) {}

  static final List<Entry> ENTRIES =
      List.of(
          new Entry("Fleet", "fleet", false),
          new Entry("Runs", "runs", false),
          new Entry("Cost", "cost", false),
          new Entry("Ledger", "ledger", true),
          new Entry("Ingest", "ingest", true));

  private Navigation() {}
}
