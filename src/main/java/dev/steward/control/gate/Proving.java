// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import java.util.Optional;

/// Where gates get the answers to what must be proved before it is decided.
@FunctionalInterface
public interface Proving {
  /// Finds the answer out here and now, however long that takes.
  Proving NOW = question -> Optional.of(question.prove());

  /// The answer, empty where it is not known yet.
  Optional<Proved> proved(Provable question);
}
