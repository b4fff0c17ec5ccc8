// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy;

import dev.steward.domain.resource.Policy;

/// How near policies about tools come to a caller, from not at all to by name.
public enum ToolScope {
  /// None is about it.
  NONE,
  /// Only some that are recorded and not applied.
  SHADOW,
  /// Some that are for every agent, or every one of a workflow.
  EVERYBODY,
  /// Some that say its name or a label that it has.
  NAMED;

  static ToolScope of(Policy policy) {
    if (policy.mode() == Policy.Mode.SHADOW) {
      return SHADOW;
    }
    return policy.agents().names().isEmpty() && policy.agents().labels().isEmpty()
        ? EVERYBODY
        : NAMED;
  }
}
