// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

/// A question whose answer takes long to find, and that decisions hang on.
public interface Provable {
  /// All that the answer hangs on: questions with the same basis have the same answer.
  Basis basis();

  /// Finds the answer out here and now.
  Proved prove();
}
