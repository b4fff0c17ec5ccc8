// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.bound;

import dev.steward.control.access.Scopes;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.release.Release;

/// Where the version that a key is bound to may work. Only a release brings a version beyond the
/// environment that versions are made in, so a key alone never does.
public final class BoundVersions {
  private BoundVersions() {}

  /// Whether a key may be bound to the version: it came there by a release and was not rolled back
  /// since, or one is open that runs it beside the one in force.
  public static boolean bindable(State state, String agent, String environment, Digest version) {
    return environment.equals(Scopes.DEVELOPMENT)
        || version.equals(state.environments(agent).get(environment))
        || state.releases().placements(agent, environment).stream()
            .anyMatch(placed -> placed.version().equals(version) && !placed.withdrawn())
        || state
            .releases()
            .open(agent, environment)
            .map(ReleaseRecord::release)
            .filter(release -> release.version().equals(version) && beside(release))
            .isPresent();
  }

  /// Whether calls with a bound key are let through: its version is in force there, or at work
  /// beside the one that is.
  public static boolean works(State state, AgentKey key) {
    Digest version = new Digest(key.version());
    return key.environment().equals(Scopes.DEVELOPMENT)
        || version.equals(state.environments(key.agent()).get(key.environment()))
        || state.releases().onTrial(key.agent(), key.environment(), version);
  }

  /// Whether somebody can call with a key of the version there, now or once a release begins.
  public static boolean hasKey(State state, String agent, String environment, Digest version) {
    return state.agentKeys().stream()
        .anyMatch(key ->
            key.active()
                && key.agent().equals(agent)
                && key.environment().equals(environment)
                && key.version().equals(version.hex()));
  }

  private static boolean beside(Release release) {
    return release.canary() || release.shadow() || release.blueGreen();
  }
}
