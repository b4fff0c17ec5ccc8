// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.identity;

import dev.steward.control.state.AgentKey;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;

/// Who calls, as proven by an agent key.
///
/// @param version that the key is bound to, else the one in force in the key's environment
public record Caller(AgentKey key, Agent agent, AgentVersion version) {

  public String environment() {
    return key.environment();
  }

  /// Value of the label `team`, "" when there is none.
  public String team() {
    return agent.metadata().labels().getOrDefault("team", "");
  }
}
