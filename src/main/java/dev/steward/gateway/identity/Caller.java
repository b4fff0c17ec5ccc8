// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.identity;

import dev.steward.control.state.AgentKey;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Who calls, as proven by an agent key.
///
/// @param version that the key is bound to, else the one in force in the key's environment
public record Caller(AgentKey key, Agent agent, AgentVersion version) {

  public String environment() {
    return key.environment();
  }

  /// The caller as policy sees it.
  ///
  /// @param workflow that the call belongs to, "" when it does not say
  public dev.steward.domain.call.Caller known(String workflow) {
    return new dev.steward.domain.call.Caller(
        agent.name(),
        version.shortName(),
        environment(),
        agent.metadata().labels(),
        agent.risk().name().toLowerCase(Locale.ROOT),
        workflow.isEmpty() ? Set.copyOf(agent.workflows()) : Set.of(workflow),
        List.of());
  }

  /// Value of the label `team`, "" when there is none.
  public String team() {
    return agent.metadata().labels().getOrDefault("team", "");
  }
}
