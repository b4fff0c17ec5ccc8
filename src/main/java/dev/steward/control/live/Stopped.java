// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import dev.steward.control.state.Kill;

/// What a kill came to.
///
/// @param cut how many calls in flight were cut
/// @param trouble why it is not written to the ledger yet, "" once it is
public record Stopped(Kill kill, int cut, String trouble) {
  /// Whether it survives a restart.
  public boolean written() {
    return trouble.isEmpty();
  }
}
