// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

/// What a client can do with a call that must wait for a person.
///
/// @param elicitsByUrl whether it takes `input_required` with a URL elicitation
/// @param tasks whether it takes a task in place of a result
/// @param waits whether it is an older client, held with progress notifications up to a limit
public record ClientAbilities(boolean elicitsByUrl, boolean tasks, boolean waits) {
  public static final ClientAbilities NONE = new ClientAbilities(false, false, false);
}
