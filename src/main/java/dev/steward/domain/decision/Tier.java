// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.decision;

import java.util.Locale;

/// What a rule says of the calls it matches, from loose to tight: the tightest wins.
public enum Tier {
  ALLOW,
  REQUIRE_APPROVAL,
  DENY;

  /// How it is written.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
