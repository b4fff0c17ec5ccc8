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
import dev.steward.gateway.session.ToldLists;
import dev.steward.gateway.session.ViewWatch;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
  private final ListViews views;

  Subscriptions(ToolStep tools, Passing passing, ListViews views) {
    this.tools = tools;
    this.passing = passing;
    this.views = views;
  }

  /// Hears from one server, until one side ends it.
  Response listen(
      Client client, ToolServer server, RpcMessage request, Connector connector, Reply reply)
      throws ToolServerException {
    ObjectNode lists = lists(request, LISTS);
    ToldLists told = new ToldLists();
    try (ViewWatch.Watch watch = watch(client, request, lists, told, reply)) {
      try {
        return passing.flown(
            client,
            request.method() + " " + server.name(),
            call -> {
              reply.work(call);
              return heard(client, server, request, lists, watch, connector, call);
            });
      } catch (ToolServerException e) {
        if (watch.begun()
            || !(e.reason() instanceof Reason.Refused refused)
            || !none(refused.error())) {
          throw e;
        }
      }
    }
    return alone(client, List.of(), request, lists, told, connector, reply);
  }

  private Response heard(
      Client client,
      ToolServer server,
      RpcMessage request,
      ObjectNode lists,
      ViewWatch.Watch watch,
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
                  watch.begin();
                }
              });
      if (none(RpcJson.child(response.json(), "error")) && !watch.begun()) {
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
    List<ToolServer> servers = lists.isEmpty() ? List.of() : all.servers();
    return alone(client, servers, request, lists, new ToldLists(), connector, reply);
  }

  private Response alone(
      Client client,
      List<ToolServer> servers,
      RpcMessage request,
      ObjectNode lists,
      ToldLists told,
      Connector connector,
      Reply reply)
      throws ToolServerException {
    RpcMessage asked = request.copy();
    asked.params().set("notifications", lists);
    try (ViewWatch.Watch watch = watch(client, request, lists, told, reply)) {
      reply.message(acknowledged(request.id(), lists));
      watch.begin();
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

  /// Tells what changes as soon as the client was told that it is subscribed.
  private ViewWatch.Watch watch(
      Client client, RpcMessage request, ObjectNode lists, ToldLists told, Reply reply) {
    return views.open(
        client,
        told,
        method -> {
          boolean wanted =
              switch (method) {
                case ToldLists.TOOLS -> lists.has("toolsListChanged");
                case ToldLists.RESOURCES -> lists.has("resourcesListChanged");
                default -> lists.has("promptsListChanged");
              };
          return !wanted || reply.message(tagged(method, request.id()).json());
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
