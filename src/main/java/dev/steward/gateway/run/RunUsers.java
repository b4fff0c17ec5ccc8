// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// For whom runs at work are, as their agents say with their calls. A run that was quiet for the
/// longest is forgotten first.
public final class RunUsers {
  private static final int RUNS_MAX = 20_000;
  private static final int USERS_MAX = 16;

  private final Map<String, Set<String>> byRun = new LinkedHashMap<>(64, 0.75f, true);

  /// Learns of whom an agent says that its run is for.
  public synchronized void says(String agent, String run, String user) {
    if (user.isEmpty()) {
      return;
    }
    Set<String> known = byRun.computeIfAbsent(key(agent, run), _ -> new LinkedHashSet<>());
    if (known.size() < USERS_MAX) {
      known.add(user);
    }
    if (byRun.size() > RUNS_MAX) {
      byRun.remove(byRun.keySet().iterator().next());
    }
  }

  /// The names that were said.
  public synchronized Set<String> of(String agent, String run) {
    return Set.copyOf(byRun.getOrDefault(key(agent, run), Set.of()));
  }

  private static String key(String agent, String run) {
    return agent + "\n" + run;
  }
}
