// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.profile;

import dev.steward.console.part.Mark;

/// One thing that an agent can reach.
///
/// @param detail what is declared of it: effect, labels, the way to it
/// @param used how many runs used it in the last 90 days
/// @param runsHref those runs, "" where a list of them cannot be asked for
public record ReachRow(String name, Mark mark, String detail, long used, String runsHref) {

  /// Things of one kind.
  public record Group(String kind, String count, java.util.List<ReachRow> rows) {}
}
