// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.relay.Cuttable;
import tools.jackson.databind.node.ObjectNode;

/// Sends a call to its server, and passes to the client what comes before the result. It is called
/// at most once, and only after the intent is synced.
@FunctionalInterface
public interface ToolSend {
  /// @return the `result` of the JSON-RPC answer
  /// @throws ToolServerException when there is none
  ObjectNode send(Sending sending) throws ToolServerException;

  /// What is sent.
  ///
  /// @param arguments which an approver may have changed
  /// @param traceparent to be put in the place of the client's: the call's own span is its parent
  /// @param cuttable each wait for the server goes through its `waiting`, so that a kill can end
  ///   it; its `CutException` passes through
  /// @param place of what is done for the call, below its span
  /// @param caller with the version that the call was given
  /// @param approval that lets it pass, "" where nobody was asked
  record Sending(
      ObjectNode arguments,
      String traceparent,
      Cuttable cuttable,
      Place place,
      Caller caller,
      String approval) {}
}
