// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.Responses;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.entry.Destination;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.Meta;
import dev.steward.gateway.rpc.Results;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.Reply;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What modern clients ask to be told of. What servers tell passes; what changes by us for the
/// client, we tell, also where the server tells nothing.
final class Subscriptions {
  private static final System.Logger LOG = System.getLogger(Subscriptions.class.getName());
  private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";
  private static final List<String> LISTS =
      List.of("toolsListChanged", "resourcesListChanged", "promptsListChanged");

  private final ToolStep tools;
  private final Passing passing;
  private final ViewWatch views;

  Subscriptions(ToolStep tools, Passing passing, ViewWatch views) {
    this.tools = tools;
    this.passing = passing;
    this.views = views;
  }

  /// Hears from one server, until one side ends it.
  Response listen(
      Client client, ToolServer server, RpcMessage request, Connector connector, Reply reply)
      throws ToolServerException {
    ObjectNode lists = lists(request, LISTS);
    AtomicBoolean begun = new AtomicBoolean();
    try (ViewWatch.Watch _ = watch(client, request, lists, begun, reply)) {
      return passing.flown(
          client,
          request.method() + " " + server.name(),
          call -> {
            reply.work(call);
            return heard(client, server, request, lists, begun, connector, call);
          });
    } catch (ToolServerException e) {
      if (begun.get()
          || !(e.reason() instanceof Reason.Refused refused)
          || !none(refused.error())) {
        throw e;
      }
      return alone(client, List.of(), request, lists, connector, reply);
    }
  }

  private Response heard(
      Client client,
      ToolServer server,
      RpcMessage request,
      ObjectNode lists,
      AtomicBoolean begun,
      Connector connector,
      Cuttable call)
      throws ToolServerException {
    ToolOrigin within = client.origin(request);
    try (Answers answers = connector.to(server).ask(request, List.of(), call)) {
      RpcMessage response =
          Responses.response(
              answers,
              message -> {
                connector.heard(server, shown(message, lists), within);
                if (message.method().equals(ACKNOWLEDGED)) {
                  begun.set(true);
                }
              });
      if (none(RpcJson.child(response.json(), "error")) && !begun.get()) {
        throw new ToolServerException(
            new Reason.Refused(RpcJson.child(response.json(), "error"), "It tells nothing."));
      }
      Response whole = Response.of(Era.MODERN, response);
      Results.whole(Era.MODERN, whole.result());
      return whole;
    }
  }

  /// The server's acknowledgement with what we tell in its place.
  private static RpcMessage shown(RpcMessage message, ObjectNode lists) {
    if (!message.method().equals(ACKNOWLEDGED)) {
      return message;
    }
    RpcMessage copy = message.copy();
    ObjectNode honoured = RpcJson.child(copy.params(), "notifications");
    honoured.setAll(lists);
    copy.params().set("notifications", honoured);
    return copy;
  }

  private static boolean none(JsonNode error) {
    return error.path("code").asInt(0) == RpcError.NO_SUCH_METHOD;
  }

  /// Hears from all servers whose lists change, until the client leaves.
  Response listen(
      Client client, Destination.All all, RpcMessage request, Connector connector, Reply reply)
      throws ToolServerException {
    ObjectNode lists = lists(request, LISTS);
    return alone(
        client, lists.isEmpty() ? List.of() : all.servers(), request, lists, connector, reply);
  }

  private Response alone(
      Client client,
      List<ToolServer> servers,
      RpcMessage request,
      ObjectNode lists,
      Connector connector,
      Reply reply)
      throws ToolServerException {
    RpcMessage asked = request.copy();
    asked.params().set("notifications", lists);
    reply.message(acknowledged(request.id(), lists));
    try (ViewWatch.Watch _ = watch(client, request, lists, new AtomicBoolean(true), reply)) {
      return passing.flown(
          client,
          request.method(),
          call -> {
            reply.work(call);
            hear(servers, asked, reply, connector, call);
            ObjectNode result = RpcJson.object();
            result.putObject("_meta").set(Meta.SUBSCRIPTION_ID, request.id());
            return Response.result(request.id(), Results.whole(Era.MODERN, result));
          });
    }
  }

  private void hear(
      List<ToolServer> servers, RpcMessage asked, Reply reply, Connector connector, Cuttable call) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (ToolServer server : servers) {
        threads.execute(() -> hear(server, asked, reply, connector));
      }
      try {
        // A subscription lasts until one side ends it, whatever the servers do.
        call.waiting(() -> {
          new CountDownLatch(1).await();
          return true;
        });
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "a subscription was interrupted", e);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private void hear(ToolServer server, RpcMessage asked, Reply reply, Connector connector) {
    Cuttable call = new Cuttable(Thread.currentThread());
    try (Answers answers = connector.to(server).ask(asked, List.of(), call)) {
      for (RpcMessage next = answers.next(); next != null; next = answers.next()) {
        tools.heard(server, next);
        if (next.method().endsWith("/list_changed")) {
          reply.message(next.json());
        }
      }
    } catch (ToolServerException | CutException e) {
      LOG.log(Level.INFO, "{0} says nothing of its changes: {1}", server.name(), e.getMessage());
    } finally {
      call.done();
    }
  }

  /// @param begun whether the client was told that it is subscribed
  private ViewWatch.Watch watch(
      Client client, RpcMessage request, ObjectNode lists, AtomicBoolean begun, Reply reply) {
    return views.open(
        client,
        method -> {
          boolean wanted =
              switch (method) {
                case ViewWatch.TOOLS -> lists.has("toolsListChanged");
                case ViewWatch.RESOURCES -> lists.has("resourcesListChanged");
                default -> lists.has("promptsListChanged");
              };
          if (wanted && begun.get()) {
            reply.message(tagged(method, request.id()).json());
          }
        });
  }

  /// The changes of lists that the client asks for, of those that there are.
  private static ObjectNode lists(RpcMessage request, List<String> offered) {
    ObjectNode lists = RpcJson.object();
    for (String list : offered) {
      if (request.params().path("notifications").path(list).asBoolean(false)) {
        lists.put(list, true);
      }
    }
    return lists;
  }

  private static RpcMessage tagged(String method, JsonNode subscription) {
    RpcMessage message = RpcMessage.notification(method).copy();
    message.params().putObject("_meta").set(Meta.SUBSCRIPTION_ID, subscription);
    return message;
  }

  private static ObjectNode acknowledged(JsonNode id, ObjectNode filter) {
    RpcMessage message = tagged(ACKNOWLEDGED, id);
    message.params().set("notifications", filter);
    return message.json();
  }
}
