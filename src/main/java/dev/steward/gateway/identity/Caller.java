// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.identity;

import dev.steward.control.state.AgentKey;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Who calls, as proven by an agent key.
///
/// @param version that the key is bound to, else the one in force in the key's environment, or that
///   is tried there
/// @param trial the side of a canary that it is on, empty where none is or the key is bound
/// @param shadow what its call is a copy of, empty for one whose effects happen
public record Caller(
    AgentKey key,
    Agent agent,
    AgentVersion version,
    Optional<Trial> trial,
    Optional<Shadow> shadow) {
  /// One whose effects happen.
  public Caller(AgentKey key, Agent agent, AgentVersion version, Optional<Trial> trial) {
    this(key, agent, version, trial, Optional.empty());
  }

  /// One that is on no side of a canary.
  public Caller(AgentKey key, Agent agent, AgentVersion version) {
    this(key, agent, version, Optional.empty());
  }

  /// The same caller with a version of which nothing takes effect.
  public Caller shadow(AgentVersion copied, Shadow of) {
    return new Caller(key, agent, copied, Optional.empty(), Optional.of(of));
  }

  public String environment() {
    return key.environment();
  }

  /// Whether its key is for one version, which no release changes.
  public boolean bound() {
    return !key.version().isEmpty();
  }

  /// The caller as policies see it.
  ///
  /// @param workflow that it says it works for, which counts where the agent declares it; "" when
  ///   it says none
  /// @param chain agents on whose behalf it acts, the first one first
  public dev.steward.domain.call.Caller known(String workflow, List<String> chain) {
    return new dev.steward.domain.call.Caller(
        agent.name(),
        version.shortName(),
        environment(),
        agent.metadata().labels(),
        agent.risk().name().toLowerCase(Locale.ROOT),
        agent.workflowsOf(workflow),
        chain);
  }

  /// Value of the label `team`, "" when there is none.
  public String team() {
    return agent.metadata().labels().getOrDefault("team", "");
  }
}
