// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.state.Kill;

/// A kill that blocks already and is not in the ledger yet.
///
/// @param kill as the State that is to come will show it
/// @param trouble why it is not written, "" while the first attempt is under way
public record Unwritten(Kill kill, Command.Kill command, Actor actor, String trouble) {
  Unwritten because(String reason) {
    return new Unwritten(kill, command, actor, reason);
  }
}
