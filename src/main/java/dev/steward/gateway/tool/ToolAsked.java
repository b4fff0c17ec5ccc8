// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.gateway.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// One tools/call as it came in.
///
/// @param origin of the call in what its agent does, as far as the client says it
/// @param server name of the ToolServer
/// @param tool its name at the server, without prefix
/// @param arguments an empty object where the client sent none
/// @param reason why the agent calls it, from `_meta["steward/reason"]`, "" when it says none
public record ToolAsked(
    Caller caller,
    ToolOrigin origin,
    String server,
    String tool,
    ObjectNode arguments,
    String reason,
    ClientAbilities abilities) {

  /// `server/tool`
  public String target() {
    return server + "/" + tool;
  }
}
