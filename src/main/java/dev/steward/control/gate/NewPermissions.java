// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.ToolServer;
import dev.steward.policy.proof.Deed;
import dev.steward.policy.proof.Proof;
import dev.steward.policy.proof.Prover;
import dev.steward.policy.proof.Regime;
import dev.steward.policy.proof.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What one version of an agent may do that another may not.
///
/// @param gained tools that policies let through under some condition, as `server/tool`, and agents
///   that it may pass work to, as `agent NAME`
/// @param lost what only the other may
record NewPermissions(List<String> gained, List<String> lost) {
  private static final String ANY = "*";

  /// @param running the other version, null when none runs there
  static NewPermissions of(
      State state,
      Agent agent,
      AgentVersion candidate,
      @Nullable AgentVersion running,
      String environment) {
    Set<String> before = running == null ? Set.of() : listed(state, running);
    Set<String> after = listed(state, candidate);
    Prover prover = new Prover(new Regime(state.policies(), List.of(agent.in(candidate))));
    List<String> gained = new ArrayList<>();
    for (String tool : after) {
      if (!before.contains(tool) && allowed(prover, agent, tool, environment)) {
        gained.add(tool);
      }
    }
    List<String> lost = new ArrayList<>();
    for (String tool : before) {
      if (!after.contains(tool)) {
        lost.add(tool);
      }
    }
    List<String> known = running == null ? List.of() : running.delegates();
    for (String delegate : candidate.delegates()) {
      if (!known.contains(delegate)) {
        gained.add("agent " + delegate);
      }
    }
    for (String delegate : known) {
      if (!candidate.delegates().contains(delegate)) {
        lost.add("agent " + delegate);
      }
    }
    return new NewPermissions(gained, lost);
  }

  private static boolean allowed(Prover prover, Agent agent, String tool, String environment) {
    try {
      return prover.prove(
              new Statement.Never(
                  agent.name(), new Deed.Calls(tool), false, Optional.of(environment)))
          instanceof Proof.Refuted;
    } catch (ApiException _) {
      // Nobody declares the tool and no rule names it: it cannot be called.
      return false;
    }
  }

  private static Set<String> listed(State state, AgentVersion version) {
    Set<String> tools = new TreeSet<>();
    for (AgentVersion.ToolUse use : version.tools()) {
      for (String tool : use.tools()) {
        if (!tool.equals(ANY)) {
          tools.add(use.server() + "/" + tool);
          continue;
        }
        state
            .find(ToolServer.class, use.server())
            .ifPresent(server ->
                server.tools().forEach(offered -> tools.add(use.server() + "/" + offered.name())));
      }
    }
    return tools;
  }
}
