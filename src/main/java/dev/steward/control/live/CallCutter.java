// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import dev.steward.control.state.Kill;

/// Ends the calls in flight that a kill means.
@FunctionalInterface
public interface CallCutter {
  /// Nothing is in flight: a server without a gateway.
  CallCutter NONE = kill -> 0;

  /// Interrupts them and does not wait for their ends.
  ///
  /// @return how many were cut now, without those that were cut before
  int cut(Kill kill);
}
