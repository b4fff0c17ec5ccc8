// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.domain.resource.ToolServer;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The definitions that servers offer now, all pages of them, fetched with Steward's own
/// credentials. The connections implement it.
@FunctionalInterface
public interface LiveTools {
  /// @throws ToolServerException when the server does not answer
  List<ObjectNode> fetch(ToolServer server) throws ToolServerException;
}
