// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import java.util.Map;
import java.util.Set;

/// Whom and what a call concerns, as far as selectors, budgets and rules ask. "" where a part is
/// not known; labels are the agent's.
///
/// @param version digest of the agent's version
/// @param workflow that it is part of, "" where that may be any of several
/// @param workflows that it counts for: that one, else all that the agent declares
/// @param provider name of the model provider
/// @param tool as `server/tool`
/// @param shadow whether it is a copy whose effects do not happen
/// @param bound whether its key is for that version alone, whatever is in force
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
    String tool,
    boolean shadow,
    boolean bound,
    Set<String> workflows) {
  /// A call of which nothing is known.
  public static final Subject NOBODY = ofAgent("", Map.of());

  public Subject {
    labels = Map.copyOf(labels);
    workflows = Set.copyOf(workflows);
  }

  /// One that is no copy, and whose key is for whatever version is in force.
  public Subject(
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
    this(
        agent,
        version,
        environment,
        workflow,
        run,
        conversation,
        task,
        labels,
        provider,
        model,
        tool,
        false,
        false,
        workflow.isEmpty() ? Set.of() : Set.of(workflow));
  }

  /// The same, of a model.
  public Subject asking(String seller, String asked) {
    return of(seller, asked, "");
  }

  /// The same, of a tool.
  ///
  /// @param called `server/tool`
  public Subject using(String called) {
    return of("", "", called);
  }

  private Subject of(String seller, String asked, String called) {
    return new Subject(
        agent,
        version,
        environment,
        workflow,
        run,
        conversation,
        task,
        labels,
        seller,
        asked,
        called,
        shadow,
        bound,
        workflows);
  }

  /// An agent of which nothing but name and labels is known.
  public static Subject ofAgent(String agent, Map<String, String> labels) {
    return new Subject(agent, "", "", "", "", "", "", labels, "", "", "");
  }
}
