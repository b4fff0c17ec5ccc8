// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.registry;

import java.util.Map;

/// What is asked of the registry; "" and an empty map ask nothing, all parts must hold.
///
/// @param labels of the agent
/// @param team value of the label `team`
/// @param owner name or id of a person
/// @param risk minimal, limited or high
/// @param tool `server/tool`, or a server for any of its tools
/// @param model as the version names it
/// @param data a data source, a value of a source's label `data`, or `label=value` of a source
/// @param environment where a version must be in force; tools, models and data are then its
/// @param policy whose scope selects it, in the environment where one is asked for
/// @param text stands in the name or purpose, in any case
public record AgentFilter(
    Map<String, String> labels,
    String team,
    String owner,
    String risk,
    String tool,
    String model,
    String data,
    String environment,
    String policy,
    String text) {
  public static final AgentFilter ALL =
      new AgentFilter(Map.of(), "", "", "", "", "", "", "", "", "");

  public AgentFilter {
    labels = Map.copyOf(labels);
  }

  public AgentFilter withLabels(Map<String, String> asked) {
    return new AgentFilter(asked, team, owner, risk, tool, model, data, environment, policy, text);
  }

  public AgentFilter withTeam(String asked) {
    return new AgentFilter(
        labels, asked, owner, risk, tool, model, data, environment, policy, text);
  }

  public AgentFilter withOwner(String asked) {
    return new AgentFilter(labels, team, asked, risk, tool, model, data, environment, policy, text);
  }

  public AgentFilter withRisk(String asked) {
    return new AgentFilter(
        labels, team, owner, asked, tool, model, data, environment, policy, text);
  }

  public AgentFilter withTool(String asked) {
    return new AgentFilter(
        labels, team, owner, risk, asked, model, data, environment, policy, text);
  }

  public AgentFilter withModel(String asked) {
    return new AgentFilter(labels, team, owner, risk, tool, asked, data, environment, policy, text);
  }

  public AgentFilter withData(String asked) {
    return new AgentFilter(
        labels, team, owner, risk, tool, model, asked, environment, policy, text);
  }

  public AgentFilter withEnvironment(String asked) {
    return new AgentFilter(labels, team, owner, risk, tool, model, data, asked, policy, text);
  }

  public AgentFilter withPolicy(String asked) {
    return new AgentFilter(labels, team, owner, risk, tool, model, data, environment, asked, text);
  }

  public AgentFilter withText(String asked) {
    return new AgentFilter(
        labels, team, owner, risk, tool, model, data, environment, policy, asked);
  }
}
