// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.finding;

import dev.steward.trace.run.AgentActivity;
import java.util.Set;

/// Whom a finding is about, and so who may see it.
///
/// @param agent "" when it is about the server
/// @param environments where the agent was seen
public record Subject(String agent, Set<String> environments) {
  public static final Subject SERVER = new Subject("", Set.of());

  public Subject {
    environments = Set.copyOf(environments);
  }

  public static Subject of(AgentActivity activity) {
    return new Subject(activity.agent(), activity.environments());
  }

  public boolean server() {
    return agent.isEmpty();
  }
}
