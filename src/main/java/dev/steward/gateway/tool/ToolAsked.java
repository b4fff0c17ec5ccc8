// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.gateway.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// One tools/call as it came in, or a request for what a server has beside tools.
///
/// @param origin of the call in what its agent does, as far as the client says it
/// @param server name of the ToolServer
/// @param method of the protocol
/// @param tool its name at the server, without prefix; of what is no tool the name that rules know
/// @param arguments an empty object where the client sent none
/// @param reason why the agent calls it, from `_meta["steward/reason"]`, "" when it says none
/// @param agreed approval that was used for what this belongs to, "" for none
public record ToolAsked(
    Caller caller,
    ToolOrigin origin,
    String server,
    String method,
    String tool,
    ObjectNode arguments,
    String reason,
    ClientAbilities abilities,
    String agreed) {

  /// The method by which tools are called.
  public static final String TOOL = "tools/call";

  /// A call of a tool.
  public ToolAsked(
      Caller caller,
      ToolOrigin origin,
      String server,
      String tool,
      ObjectNode arguments,
      String reason,
      ClientAbilities abilities) {
    this(caller, origin, server, TOOL, tool, arguments, reason, abilities);
  }

  /// A request to which nobody has agreed before.
  public ToolAsked(
      Caller caller,
      ToolOrigin origin,
      String server,
      String method,
      String tool,
      ObjectNode arguments,
      String reason,
      ClientAbilities abilities) {
    this(caller, origin, server, method, tool, arguments, reason, abilities, "");
  }

  /// The same, asked for by that caller.
  ToolAsked by(Caller other) {
    return new ToolAsked(other, origin, server, method, tool, arguments, reason, abilities, agreed);
  }

  /// The same, to which people have agreed before.
  public ToolAsked agreed(String approval) {
    return new ToolAsked(
        caller, origin, server, method, tool, arguments, reason, abilities, approval);
  }

  boolean ofTool() {
    return method.equals(TOOL);
  }

  /// `server/tool`
  public String target() {
    return server + "/" + tool;
  }
}
