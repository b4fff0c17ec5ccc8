// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.domain.rollout.Assigned;
import dev.steward.trace.AgentDirectory;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Which version was in force when a trace was first put together, so that what arrives late does
/// not move it to the version that is in force by then.
public final class VersionPins {
  private final Map<String, String> versions = new HashMap<>();

  private VersionPins() {}

  public static VersionPins none() {
    return new VersionPins();
  }

  public void pin(String agent, String environment, String version) {
    versions.put(agent + "\n" + environment, version);
  }

  /// @param who asked for only when nothing is pinned yet
  String version(
      AgentDirectory directory,
      String agent,
      String environment,
      Supplier<Assigned> who,
      Instant began) {
    return versions.computeIfAbsent(
        agent + "\n" + environment,
        _ -> directory.versionFor(agent, environment, who.get(), began));
  }
}
