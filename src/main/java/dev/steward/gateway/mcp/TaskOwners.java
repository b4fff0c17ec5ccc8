// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.TaskTerms;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whose the tasks are that servers began. To a server all callers are one, so that it would tell
/// each of all tasks; a task whose owner is not known any more is nobody's.
final class TaskOwners {
  private static final int TASKS_MAX = 50_000;

  /// @param client who began it
  private record Owned(String client, TaskTerms terms) {}

  private final Map<String, Owned> owners =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Owned> eldest) {
          return size() > TASKS_MAX;
        }
      };

  /// Remembers the task in a result, if it is one.
  void learn(Client client, ToolServer server, TaskTerms terms, JsonNode result) {
    String id =
        result.path("taskId").isString()
            ? result.path("taskId").asString("")
            : result.path("task").path("taskId").asString("");
    if (!id.isEmpty()) {
      synchronized (owners) {
        owners.put(key(server, id), new Owned(client.owner(), terms));
      }
    }
  }

  /// What holds for the task.
  ///
  /// @throws RpcException when it is not the client's
  TaskTerms require(Client client, ToolServer server, String id) {
    return find(client, server, id).orElseThrow(() -> unknown(id));
  }

  static RpcException unknown(String id) {
    return new RpcException(RpcError.invalidParams("Unknown task: " + id));
  }

  /// What a server tells of a task, as its owner may see it; its result is fetched where it must be
  /// looked through. Empty where the task is not the client's.
  Optional<RpcMessage> told(Client client, ToolServer server, RpcMessage message) {
    Optional<TaskTerms> terms = find(client, server, message.param("taskId"));
    if (terms.isEmpty() || terms.get().plain()) {
      return terms.map(_ -> message);
    }
    RpcMessage copy = message.copy();
    copy.params().remove("result");
    return Optional.of(copy);
  }

  private Optional<TaskTerms> find(Client client, ToolServer server, String id) {
    synchronized (owners) {
      return Optional.ofNullable(owners.get(key(server, id)))
          .filter(owned -> owned.client().equals(client.owner()))
          .map(Owned::terms);
    }
  }

  /// A subscription that asks for no task but the client's own.
  RpcMessage own(Client client, ToolServer server, RpcMessage request) {
    RpcMessage copy = request.copy();
    if (copy.params().path("notifications") instanceof ObjectNode filter
        && filter.path("taskIds") instanceof ArrayNode asked) {
      ArrayNode own = filter.putArray("taskIds");
      for (JsonNode id : asked) {
        if (find(client, server, id.asString("")).isPresent()) {
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
