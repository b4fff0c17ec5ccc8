// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.decision;

import java.util.List;
import java.util.Optional;

/// Why a decision is what it is.
///
/// @param rules that made it; none when no rule matched
/// @param reason for a person, without any value of an argument
/// @param shadow what policies in shadow mode would have said, when one of their rules matched
public record Grounds(List<RuleName> rules, String reason, Optional<Shadow> shadow) {
  public Grounds {
    rules = List.copyOf(rules);
  }

  public static Grounds of(List<RuleName> rules, String reason) {
    return new Grounds(rules, reason, Optional.empty());
  }

  /// The decision as it would be if policies in shadow mode were enforced.
  ///
  /// @param decision with what it would demand along with the call
  public record Shadow(Decision decision) {
    public Tier tier() {
      return decision.tier();
    }

    public List<RuleName> rules() {
      return decision.grounds().rules();
    }

    public String reason() {
      return decision.grounds().reason();
    }
  }
}
