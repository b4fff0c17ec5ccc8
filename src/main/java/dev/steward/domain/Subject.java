// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import java.util.Map;

/// Whom and what a call concerns, as far as selectors, budgets and rules ask. "" where a part is
/// not known; labels are the agent's.
///
/// @param version digest of the agent's version
/// @param provider name of the model provider
/// @param tool as `server/tool`
public record Subject(
    String agent,
    String version,
    String environment,
    String workflow,
    String run,
    String conversation,
    String task,
    Map<String, String> labels,
    String provider,
    String model,
    String tool) {
  /// A call of which nothing is known.
  public static final Subject NOBODY = ofAgent("", Map.of());

  public Subject {
    labels = Map.copyOf(labels);
  }

  /// An agent of which nothing but name and labels is known.
  public static Subject ofAgent(String agent, Map<String, String> labels) {
    return new Subject(agent, "", "", "", "", "", "", labels, "", "", "");
  }
}
