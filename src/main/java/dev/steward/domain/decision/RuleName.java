// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.decision;

/// Where a rule stands.
///
/// @param rule its name, or its number in the policy, counted from 1
public record RuleName(String policy, String rule) {
  /// `policy/rule`
  @Override
  public String toString() {
    return policy + "/" + rule;
  }
}
