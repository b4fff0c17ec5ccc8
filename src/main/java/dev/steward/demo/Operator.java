// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

/// The person who watches the fleet and steps in.
@FunctionalInterface
public interface Operator {
  /// Where nobody watches.
  Operator NOBODY = (run, reason) -> {};

  /// Stops a run that is under way.
  void stops(String run, String reason);
}
