// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.decision;

import java.util.List;

/// What policy says of one call: a `Verdict`, or that a person must agree first.
public sealed interface Decision permits Verdict, Decision.RequireApproval {
  Grounds grounds();

  Tier tier();

  /// The same with other grounds.
  Decision because(Grounds other);

  /// Pending until people agree. It is no Verdict, so it cannot be forwarded.
  ///
  /// @param terms each of which must be met
  /// @param obligations of the call once it is approved
  record RequireApproval(Grounds grounds, List<ApprovalTerms> terms, Obligations obligations)
      implements Decision {
    public RequireApproval {
      terms = List.copyOf(terms);
    }

    @Override
    public Tier tier() {
      return Tier.REQUIRE_APPROVAL;
    }

    @Override
    public Decision because(Grounds other) {
      return new RequireApproval(other, terms, obligations);
    }
  }
}
