// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

import java.util.List;

/// The rail's entries in their order. The first four fit the bottom bar.
final class Navigation {
  /// One entry.
  ///
  /// @param segment of the section it leads to, and the name of its icon
  /// @param wholeServer whether it is only for who may see everything
  record Entry(String label, String segment, boolean wholeServer) {}

  static final List<Entry> ENTRIES =
      List.of(
          new Entry("Now", "now", false),
          new Entry("Fleet", "fleet", false),
          new Entry("Runs", "runs", false),
          new Entry("Approvals", "approvals", false),
          new Entry("Live", "live", false),
          new Entry("Alerts", "alerts", false),
          new Entry("Incidents", "incidents", false),
          new Entry("Releases", "releases", false),
          new Entry("Drift", "drift", false),
          new Entry("Cost", "cost", false),
          new Entry("Budgets", "budgets", false),
          new Entry("Policies", "policies", false),
          new Entry("Tools", "tools", false),
          new Entry("Ledger", "ledger", true),
          new Entry("Ingest", "ingest", true),
          new Entry("Settings", "settings", false));

  private Navigation() {}
}
