// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.rpc.RpcMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whose the tasks are that servers began. To a server all callers are one, so that it would tell
/// each of all tasks; a task whose owner is not known any more is nobody's.
final class TaskOwners {
  private static final int TASKS_MAX = 50_000;

  private final Map<String, String> owners =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > TASKS_MAX;
        }
      };

  /// Remembers the task in a result, if it is one.
  void learn(Client client, ToolServer server, JsonNode result) {
    String id =
        result.path("taskId").isString()
            ? result.path("taskId").asString("")
            : result.path("task").path("taskId").asString("");
    if (!id.isEmpty()) {
      synchronized (owners) {
        owners.put(key(server, id), client.owner());
      }
    }
  }

  /// @throws RpcException when the task is not the client's
  void require(Client client, ToolServer server, String id) {
    if (!owns(client, server, id)) {
      throw new RpcException(RpcError.invalidParams("Unknown task: " + id));
    }
  }

  boolean owns(Client client, ToolServer server, String id) {
    synchronized (owners) {
      return client.owner().equals(owners.get(key(server, id)));
    }
  }

  /// A subscription that asks for no task but the client's own.
  RpcMessage own(Client client, ToolServer server, RpcMessage request) {
    RpcMessage copy = request.copy();
    if (copy.params().path("notifications") instanceof ObjectNode filter
        && filter.path("taskIds") instanceof ArrayNode asked) {
      ArrayNode own = filter.putArray("taskIds");
      for (JsonNode id : asked) {
        if (owns(client, server, id.asString(""))) {
          own.add(id);
        }
      }
    }
    return copy;
  }

  private static String key(ToolServer server, String id) {
    return server.name() + "\n" + id;
  }
}
