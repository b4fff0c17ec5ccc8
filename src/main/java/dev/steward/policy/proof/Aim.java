// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.call.Call;
import dev.steward.domain.call.Caller;
import dev.steward.domain.resource.Agent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What a call may be about: all that policies can tell apart of it but its arguments.
sealed interface Aim {
  /// @param name `server/tool`
  record Tool(String name) implements Aim {
    @Override
    public String toString() {
      return name;
    }
  }

  /// @param provider "" where it is not known
  record Model(String name, String provider) implements Aim {
    @Override
    public String toString() {
      return "model " + name + (provider.isEmpty() ? "" : " of " + provider);
    }
  }

  /// Another agent is asked.
  record Delegate(String agent) implements Aim {
    @Override
    public String toString() {
      return "agent " + agent;
    }
  }

  /// What an agent may say that it works for, as far as that counts: nothing, and each of several
  /// workflows that it declares.
  static Set<String> claims(Agent agent) {
    Set<String> claims = new LinkedHashSet<>();
    claims.add("");
    if (agent.workflows().size() > 1) {
      claims.addAll(agent.workflows());
    }
    return claims;
  }

  /// @param workflow that the caller says it works for, "" for none
  default Call call(Agent agent, String environment, String workflow) {
    Caller caller =
        new Caller(
            agent.name(),
            "",
            environment,
            agent.metadata().labels(),
            agent.risk().name().toLowerCase(Locale.ROOT),
            agent.workflowsOf(workflow),
            List.of());
    return switch (this) {
      case Tool(String name) -> {
        int slash = name.indexOf('/');
        yield new Call.ToolCall(
            caller, name.substring(0, slash), name.substring(slash + 1), Map.of());
      }
      case Model(String name, String provider) -> new Call.ModelCall(caller, name, provider);
      case Delegate(String asked) -> new Call.AgentCall(caller, asked);
    };
  }
}
