// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.declared;

import dev.steward.control.live.UndeclaredChanges;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Remembers the differences that were seen, those of the last ones if they are too many.
final class Undeclared implements UndeclaredChanges {
  private static final int KEPT_MAX = 1_000;

  private final Map<List<String>, Change> changes =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Change> eldest) {
          return size() > KEPT_MAX;
        }
      };

  synchronized void saw(
      String agent,
      String environment,
      String version,
      String part,
      String what,
      Instant at,
      String run) {
    changes.merge(
        List.of(agent, environment, version, part, what),
        new Change(agent, environment, version, part, what, at, at, 1, run),
        (before, _) ->
            new Change(
                agent,
                environment,
                version,
                part,
                what,
                before.since(),
                at,
                before.calls() + 1,
                run));
  }

  @Override
  public synchronized List<Change> all() {
    return List.copyOf(changes.values());
  }
}
