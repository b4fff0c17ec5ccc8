// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.timeline;

import java.time.Instant;

/// What happened to agents.
@FunctionalInterface
public interface AgentPast {
  /// @param from the moments since then
  /// @param to the moments before
  Timeline of(String agent, Instant from, Instant to);
}
