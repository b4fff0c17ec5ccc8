// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.alert;

import dev.steward.control.access.Actor;
import dev.steward.control.incident.Concern;
import dev.steward.domain.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// That nobody is told of some alerts for a while. They are shown all the same.
///
/// @param rule "" for every rule
/// @param agent "" for every agent
/// @param environment "" for everywhere
/// @param reason commitment to why
public record Silence(
    String id,
    String rule,
    String agent,
    String environment,
    Instant until,
    Digest reason,
    Instant at,
    Actor by) {
  /// Whether it holds; that it is over is what the clock says.
  public boolean active(Instant now) {
    return now.isBefore(until);
  }

  /// Whether it holds for all that the alert is about.
  public boolean covers(Alert alert) {
    boolean everybody = agent.isEmpty() && environment.isEmpty();
    return (rule.isEmpty() || rule.equals(alert.rule()))
        && (everybody
            || (!alert.agents().isEmpty() && alert.agents().stream().allMatch(this::covers)));
  }

  private boolean covers(Concern concern) {
    return (agent.isEmpty() || agent.equals(concern.agent()))
        && (environment.isEmpty() || environment.equals(concern.environment()));
  }

  /// Such as `alerts of the rule costs about refunds in production`.
  public String words() {
    return words(rule, agent, environment);
  }

  /// The same of what is not silenced yet; what is "" narrows nothing.
  public static String words(String rule, String agent, String environment) {
    List<String> words = new ArrayList<>();
    words.add(rule.isEmpty() ? "all alerts" : "alerts of the rule " + rule);
    if (!agent.isEmpty()) {
      words.add("about " + agent);
    }
    if (!environment.isEmpty()) {
      words.add("in " + environment);
    }
    return String.join(" ", words);
  }
}
