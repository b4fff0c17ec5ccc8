// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.flight;

import dev.steward.control.state.Kill;
import dev.steward.domain.Digest;
import dev.steward.domain.Subject;

/// Why others end calls on their way.
public sealed interface Stop {
  /// Whether it means the call.
  boolean matches(Subject subject);

  /// An operator has killed them.
  record Killed(Kill kill) implements Stop {
    @Override
    public boolean matches(Subject subject) {
      return kill.selector().matches(subject);
    }
  }

  /// Another version of their agent was switched to, and they are not to finish at theirs.
  ///
  /// @param release that stands on both sides
  /// @param version that was left
  record Switched(String release, String agent, String environment, Digest version)
      implements Stop {
    @Override
    public boolean matches(Subject subject) {
      return subject.agent().equals(agent)
          && subject.environment().equals(environment)
          && subject.version().equals(version.hex());
    }
  }
}
