// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.finding;

import dev.steward.trace.run.AgentActivity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whom a finding is about, and so who may see it.
///
/// @param agent "" when it is about the server
/// @param environments where the agent was seen
/// @param sum the environment of which all is summed up, "" for everywhere, so that it is for who
///   sees all of that; null where it is for who sees a part
public record Subject(String agent, Set<String> environments, @Nullable String sum) {
  public static final Subject SERVER = new Subject("", Set.of());

  public Subject {
    environments = Set.copyOf(environments);
  }

  public Subject(String agent, Set<String> environments) {
    this(agent, environments, null);
  }

  public static Subject of(AgentActivity activity) {
    return new Subject(activity.agent(), activity.environments());
  }

  public boolean server() {
    return agent.isEmpty();
  }
}
