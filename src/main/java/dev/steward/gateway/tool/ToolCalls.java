// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.gateway.identity.Caller;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// What the wire asks of the way of tool calls.
public interface ToolCalls {
  /// Decides on a call, sends it where it may be sent, and records it. It blocks until the call has
  /// ended and throws nothing that a client could cause.
  ToolEnding call(ToolAsked asked, ToolSend send);

  /// Asks for something of a task, and gives its result as that of a direct call: checked against
  /// the tool's output schema, and without what policy hides.
  ///
  /// @param asked with the method of tasks, and the tool that the task is of
  ToolEnding fetch(ToolAsked asked, TaskTerms terms, ToolSend send);

  /// Those of a server's definitions that the caller may know of, unchanged and in their order.
  /// Works on any page of a list.
  ///
  /// @param offered definitions as the server wrote them in `tools/list`
  List<ObjectNode> visible(Caller caller, String server, List<ObjectNode> offered);

  /// Whether the caller may ever have what a server has beside tools.
  ///
  /// @param feature the name that rules know
  boolean visible(Caller caller, String server, String feature);

  /// What decides on the lists that the caller gets of the servers.
  ListView view(Caller caller, List<String> servers);

  /// The caller with the version that its connection is given, as far as its headers say for whom
  /// it is; each call is given its own anew.
  ///
  /// @param header gives the first value of a header, "" for none
  default Caller assigned(Caller caller, Function<String, String> header) {
    return caller;
  }

  /// Whether what is asked with no call of its own is asked in a copy of a live one.
  default boolean copied(Caller caller, ToolOrigin origin) {
    return caller.shadow().isPresent();
  }

  /// The server says that its list of tools has changed.
  default void changed(String server) {}
}
