// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.release;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import java.time.Instant;

/// A version that is or was in force in an environment.
///
/// @param release that put it there first
/// @param pins digest of what was pinned with it
/// @param withdrawn whether it was rolled back from since
public record Placement(
    String agent,
    String environment,
    Digest version,
    String release,
    Digest pins,
    Instant at,
    Actor by,
    boolean withdrawn) {

  Placement withdraw() {
    return new Placement(agent, environment, version, release, pins, at, by, true);
  }

  Placement again(Instant when, Actor whom) {
    return new Placement(agent, environment, version, release, pins, when, whom, false);
  }
}
