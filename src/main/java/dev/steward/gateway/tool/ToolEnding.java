// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.gateway.wire.Refusal;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// How a tool call ended, to be put into the client's form of message.
public sealed interface ToolEnding {
  /// The server answered.
  ///
  /// @param result as it came, but for what policy hides; its `resultType` may ask for input
  record Answered(ObjectNode result) implements ToolEnding {}

  /// The server does it as a task, whose result is to be fetched.
  ///
  /// @param result that names the task
  record Begun(ObjectNode result, TaskTerms terms) implements ToolEnding {}

  /// The gateway did not let it through, or not its result. A client gets a tool result with
  /// `isError` and this text, which its model can act on.
  record Refused(Refusal.Kind kind, String text) implements ToolEnding {}

  /// There is no such tool for this caller: `-32602`, `Unknown tool: NAME`.
  record NoSuchTool(String name) implements ToolEnding {}

  /// A person must agree first.
  ///
  /// @param url of the page where they can
  /// @param text that says so and how to ask again
  record Pending(String approval, String url, Instant expires, String text) implements ToolEnding {}

  /// The server refused it with a JSON-RPC error, passed on as it came.
  record Failed(ObjectNode error) implements ToolEnding {}

  /// The server could not be reached or gave no answer that makes sense.
  ///
  /// @param text cause, place and remedy
  /// @param unknown whether it may have been executed nonetheless
  record Unreached(Refusal.Kind kind, String text, boolean unknown) implements ToolEnding {}
}
