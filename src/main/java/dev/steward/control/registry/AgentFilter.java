// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.registry;

import java.util.Map;

/// What is asked of the registry; "" and an empty map ask nothing, all parts must hold.
///
/// @param labels of the agent
/// @param team value of the label `team`
/// @param tool `server/tool`, or a server for any of its tools
/// @param data a data source, a value of a source's label `data`, or `label=value` of a source
/// @param environment where a version must be in force; tools, models and data are then its
public record AgentFilter(
    Map<String, String> labels,
    String team,
    String owner,
    String risk,
    String tool,
    String model,
    String data,
    String environment,
    String text) {
  public static final AgentFilter ALL = new AgentFilter(Map.of(), "", "", "", "", "", "", "", "");

  public AgentFilter {
    labels = Map.copyOf(labels);
  }
}
