// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import java.util.List;
import java.util.Optional;

/// What the proof before a release is about, as one State has it.
///
/// @param running the version that runs there now, empty for none
/// @param statements that must hold as well
public record ProofQuestion(
    State state,
    Agent agent,
    AgentVersion candidate,
    Optional<AgentVersion> running,
    String environment,
    List<String> statements)
    implements Provable {
  public ProofQuestion {
    statements = List.copyOf(statements);
  }

  @Override
  public Basis basis() {
    return new Basis(
        state,
        agents(),
        List.of(candidate.digest(), running.map(AgentVersion::digest), environment, statements));
  }

  @Override
  public Proved prove() {
    return PermissionProof.of(this);
  }

  /// A statement may be about every agent.
  private Object agents() {
    String kind = Agent.class.getSimpleName();
    return statements.isEmpty()
        ? agent.name() + state.bodyOf(kind, agent.name()).map(Digest::hex).orElse("")
        : state.revisionOf(kind);
  }
}
