// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.decision;

/// A decision with nothing pending.
public sealed interface Verdict extends Decision {
  /// The call may be forwarded, if the obligations are kept.
  record Allow(Grounds grounds, Obligations obligations) implements Verdict {
    @Override
    public Tier tier() {
      return Tier.ALLOW;
    }

    @Override
    public Allow because(Grounds other) {
      return new Allow(other, obligations);
    }
  }

  /// The call must not be forwarded.
  record Deny(Grounds grounds) implements Verdict {
    @Override
    public Tier tier() {
      return Tier.DENY;
    }

    @Override
    public Deny because(Grounds other) {
      return new Deny(other);
    }
  }
}
