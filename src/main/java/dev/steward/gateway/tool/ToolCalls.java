// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.gateway.identity.Caller;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What the wire asks of the way of tool calls.
public interface ToolCalls {
  /// Decides on a call, sends it where it may be sent, and records it. It blocks until the call has
  /// ended and throws nothing that a client could cause.
  ToolEnding call(ToolAsked asked, ToolSend send);

  /// Those of a server's definitions that the caller may know of, unchanged and in their order.
  /// Works on any page of a list.
  ///
  /// @param offered definitions as the server wrote them in `tools/list`
  List<ObjectNode> visible(Caller caller, String server, List<ObjectNode> offered);

  /// Whether the caller may ever have what a server has beside tools.
  ///
  /// @param feature the name that rules know
  boolean visible(Caller caller, String server, String feature);

  /// The server says that its list of tools has changed.
  default void changed(String server) {}
}
