// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.call;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who makes a call, as proven by a credential.
///
/// @param version short name of the agent's version, "" when not known
/// @param environment where the key that it showed is valid
/// @param risk minimal, limited or high
/// @param workflows that the agent belongs to
/// @param chain agents on whose behalf it acts, the first one first; empty when nobody delegated
public record Caller(
    String agent,
    String version,
    String environment,
    Map<String, String> labels,
    String risk,
    Set<String> workflows,
    List<String> chain) {
  public Caller {
    labels = Map.copyOf(labels);
    workflows = Set.copyOf(workflows);
    chain = List.copyOf(chain);
  }
}
