// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.replay;

import dev.steward.control.shelf.Revision;
import dev.steward.control.state.State;
import dev.steward.domain.call.Caller;
import dev.steward.domain.resource.Agent;
import dev.steward.trace.run.Run;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Agents as they were declared at some moment.
final class AgentsThen {
  private static final String KIND = "Agent";
  private static final String UNDECLARED = "undeclared";

  private final State state;
  private final Map<Key, Agent> read = new HashMap<>();

  private record Key(String agent, long sequence) {}

  AgentsThen(State state) {
    this.state = state;
  }

  /// The agent of a run as policies saw it; of one that was not declared only what the run says.
  Caller caller(Run run, Instant at, List<String> chain) {
    Optional<Agent> agent = agent(run.agent(), at);
    String workflow = run.workflow();
    Set<String> declared = Set.of();
    if (agent.isPresent()) {
      declared = Set.copyOf(agent.get().workflows());
    }
    return new Caller(
        run.agent(),
        run.version().equals(UNDECLARED) ? "" : run.version(),
        run.environment(),
        agent.map(one -> one.metadata().labels()).orElse(Map.of()),
        agent.map(one -> one.risk().name().toLowerCase(Locale.ROOT)).orElse(""),
        workflow == null || workflow.isEmpty() ? declared : Set.of(workflow),
        chain);
  }

  private Optional<Agent> agent(String name, Instant at) {
    Revision then = null;
    for (Revision revision : state.history(KIND, name)) {
      if (!revision.at().isAfter(at)) {
        then = revision;
      }
    }
    if (then == null || then.deleted()) {
      return Optional.empty();
    }
    Revision found = then;
    return Optional.of(
        read.computeIfAbsent(
            new Key(name, found.sequence()), _ -> (Agent) state.read(KIND, name, found)));
  }
}
