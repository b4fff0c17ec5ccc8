// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import dev.steward.gateway.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// Told when a client's model has answered what a tool server asked it, so that it can be counted
/// as the model call that it is.
@FunctionalInterface
public interface Sampled {
  /// @param asked parameters of `sampling/createMessage`, empty where they are not known any more
  /// @param answered its result, with `model` and `content`
  void by(Caller caller, String server, ObjectNode asked, ObjectNode answered);
}
