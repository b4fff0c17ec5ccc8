// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.task;

import dev.steward.domain.LastUsed;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.TaskTerms;
import dev.steward.trace.diary.Diary;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whose the tasks are that servers began. To a server all callers are one, so that it would tell
/// each of all tasks; a task whose owner is not known any more is nobody's. Owners are kept over a
/// restart, as long as the task is at most.
public final class TaskOwners {
  /// So many are known at most, and lines of the diary kept at least.
  public static final int TASKS_MAX = 50_000;

  /// Of a task for which its server says no time.
  private static final Duration KEPT_MAX = Duration.ofDays(30);

  /// A server may keep a task longer than it says.
  private static final Duration MORE = Duration.ofHours(1);

  private final Diary diary;
  private final InstantSource clock;
  private final Map<String, OwnedTask> owners = new LastUsed<>(TASKS_MAX);

  /// @param diary written before a client is told of its task
  public TaskOwners(Diary diary, InstantSource clock) {
    this.diary = diary;
    this.clock = clock;
    for (String line : diary.read()) {
      OwnedTask.read(line)
          .filter(task -> task.until().isAfter(clock.instant()))
          .ifPresent(task -> owners.put(key(task.terms().server(), task.id()), task));
    }
  }

  /// Remembers the task in a result, if it is one.
  public void learn(Client client, ToolServer server, TaskTerms terms, JsonNode result) {
    JsonNode told = result.path("taskId").isString() ? result : result.path("task");
    String id = told.path("taskId").asString("");
    if (!id.isEmpty()) {
      JsonNode millis = told.has("ttlMs") ? told.path("ttlMs") : told.path("ttl");
      OwnedTask task = new OwnedTask(id, client.owner(), terms, until(millis));
      synchronized (owners) {
        owners.put(key(server.name(), id), task);
      }
      diary.add(List.of(task.line()));
      diary.flush();
    }
  }

  private Instant until(JsonNode millis) {
    Duration most = KEPT_MAX;
    if (millis.isNumber() && millis.asDouble() < KEPT_MAX.toMillis()) {
      most = Duration.ofMillis(Math.max(0, millis.asLong())).plus(MORE);
    }
    return clock.instant().plus(most);
  }

  /// What holds for the task.
  ///
  /// @throws RpcException when it is not the client's
  public TaskTerms require(Client client, ToolServer server, String id) {
    return find(client, server, id).orElseThrow(() -> unknown(id));
  }

  public static RpcException unknown(String id) {
    return new RpcException(RpcError.invalidParams("Unknown task: " + id));
  }

  /// What a server tells of a task, as its owner may see it. What the server asks is fetched, so
  /// that it is judged; so is its result where that must be looked through. Empty where the task is
  /// not the client's.
  public Optional<RpcMessage> told(Client client, ToolServer server, RpcMessage message) {
    Optional<TaskTerms> terms = find(client, server, message.param("taskId"));
    if (terms.isEmpty()) {
      return Optional.empty();
    }
    RpcMessage copy = message.copy();
    copy.params().remove("inputRequests");
    if (!terms.get().plain()) {
      copy.params().remove("result");
    }
    return Optional.of(copy);
  }

  private Optional<TaskTerms> find(Client client, ToolServer server, String id) {
    String key = key(server.name(), id);
    synchronized (owners) {
      OwnedTask task = owners.get(key);
      if (task != null && !task.until().isAfter(clock.instant())) {
        owners.remove(key);
        return Optional.empty();
      }
      return Optional.ofNullable(task)
          .filter(known -> known.client().equals(client.owner()))
          .map(OwnedTask::terms);
    }
  }

  /// A subscription that asks for no task but the client's own.
  public RpcMessage own(Client client, ToolServer server, RpcMessage request) {
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

  private static String key(String server, String id) {
    return server + "\n" + id;
  }
}
