// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.proof;

import dev.steward.policy.proof.Comparison;
import dev.steward.policy.proof.Proof;
import dev.steward.policy.proof.Statement;

/// What was concluded about a statement.
public sealed interface Conclusion {
  /// As it was understood.
  Statement statement();

  boolean proved();

  /// That something is never done.
  record Searched(Statement statement, Proof proof) implements Conclusion {
    @Override
    public boolean proved() {
      return proof instanceof Proof.Proved;
    }
  }

  /// That nothing more is allowed.
  record Compared(Statement statement, Comparison comparison) implements Conclusion {
    @Override
    public boolean proved() {
      return comparison.looser().isEmpty();
    }
  }
}
