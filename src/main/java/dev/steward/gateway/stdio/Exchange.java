// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.stdio;

import dev.steward.gateway.rpc.Meta;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a process says to one request, under the id and the progress token that its client gave.
final class Exchange {
  private static final int WAITING_MAX = 10_000;

  private final String id;
  private final JsonNode original;
  private final JsonNode token;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(WAITING_MAX);

  /// @param id under which the process knows it
  /// @param original the client's id
  /// @param token by which the client is told of progress, missing for none
  Exchange(String id, JsonNode original, JsonNode token) {
    this.id = id;
    this.original = original;
    this.token = token;
  }

  private sealed interface Event {
    record Said(RpcMessage message) implements Event {}

    record Ended(Reason reason) implements Event {}
  }

  String id() {
    return id;
  }

  JsonNode original() {
    return original;
  }

  /// Takes what the process says; a client that does not read loses what is not its response.
  void said(RpcMessage message) {
    ObjectNode json = message.json();
    for (String holder : List.of("params", "result")) {
      if (json.path(holder).path("_meta") instanceof ObjectNode meta
          && meta.has(Meta.SUBSCRIPTION_ID)) {
        meta.set(Meta.SUBSCRIPTION_ID, original);
      }
    }
    if (message.kind() == RpcMessage.Kind.RESPONSE) {
      json.set("id", original);
    } else if (message.method().equals("notifications/progress")
        && json.path("params") instanceof ObjectNode params
        && !token.isMissingNode()) {
      params.set("progressToken", token);
    }
    put(new Event.Said(message), message.kind() == RpcMessage.Kind.RESPONSE);
  }

  void end(Reason reason) {
    put(new Event.Ended(reason), true);
  }

  private void put(Event event, boolean must) {
    while (!events.offer(event) && must) {
      events.poll();
    }
  }

  /// The next message, null when the wait was in vain.
  RpcMessage next(Duration wait, String server) throws InterruptedException, ToolServerException {
    @Nullable Event event = events.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    return switch (event) {
      case null ->
          throw new ToolServerException(
              new Reason.Unknown(
                  "The tool server "
                      + server
                      + " did not answer within "
                      + wait.toSeconds()
                      + " seconds.",
                  true));
      case Event.Said said -> said.message();
      case Event.Ended ended -> throw new ToolServerException(ended.reason());
    };
  }
}
