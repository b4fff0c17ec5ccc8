// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What happened to one agent in a stretch of time.
///
/// @param moments the oldest first
/// @param whole whether that is all; else the oldest are left out
public record Timeline(
    String agent, Instant from, Instant to, List<Moment> moments, boolean whole) {
  public Timeline {
    moments = List.copyOf(moments);
  }

  /// The same for a reader who may not see all: budgets and proposals are of the whole server, and
  /// so are incidents that are about more than the agent in one place.
  ///
  /// @param environments whether what happened to the agent in one may be seen
  public Timeline seenBy(Predicate<String> environments) {
    List<Moment> seen = new ArrayList<>();
    for (Moment moment : moments) {
      String where = moment.environment();
      if (where.isEmpty() ? !moment.kind().ofServer() : environments.test(where)) {
        seen.add(moment);
      }
    }
    return new Timeline(agent, from, to, seen, whole);
  }
}
