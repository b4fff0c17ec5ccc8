// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.entry.Destination;
import dev.steward.gateway.joined.Joined;
import dev.steward.gateway.joined.Merging;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.ModernChecks;
import dev.steward.gateway.rpc.Results;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.Reminders;
import dev.steward.gateway.session.Reply;
import dev.steward.gateway.step.Connector;
import dev.steward.gateway.step.FeatureStep;
import dev.steward.gateway.step.Passing;
import dev.steward.gateway.step.Response;
import dev.steward.gateway.step.TaskStep;
import dev.steward.gateway.step.ToolStep;
import dev.steward.gateway.task.WaitingCalls;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.toolserver.ToolServers;
import dev.steward.gateway.wire.Answer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The modern era: each request stands alone, and a client that leaves ends its request.
final class ModernWire {
  private static final System.Logger LOG = System.getLogger(ModernWire.class.getName());

  private final ToolServers servers;
  private final ToolStep tools;
  private final TaskStep tasks;
  private final FeatureStep features;
  private final Passing passing;
  private final Merging merging;
  private final Subscriptions subscriptions;
  private final Reminders reminders;

  ModernWire(
      ToolServers servers,
      ToolStep tools,
      TaskStep tasks,
      FeatureStep features,
      Passing passing,
      Merging merging,
      ListViews views,
      Reminders reminders) {
    this.servers = servers;
    this.tools = tools;
    this.tasks = tasks;
    this.features = features;
    this.passing = passing;
    this.merging = merging;
    this.subscriptions = new Subscriptions(features, tasks, passing, views);
    this.reminders = reminders;
  }

  void answer(Client client, RpcMessage message, Answer answer) throws IOException {
    ModernChecks.check(client.http(), message);
    switch (message.kind()) {
      case REQUEST -> request(client, message, answer);
      // Over HTTP there is none that would mean anything to a server.
      case NOTIFICATION -> answer.whole(202, List.of(), new byte[0]);
      case RESPONSE ->
          throw new RpcException(
              RpcError.invalidRequest("A response was sent, but nothing was asked."));
    }
  }

  private void request(Client client, RpcMessage request, Answer answer) throws IOException {
    Reply reply =
        new Reply(
            answer,
            List.of(),
            client.streams(),
            null,
            false,
            request.meta().path("progressToken"),
            reminders.nanos());
    Connector connector = new Direct(client, reply);
    try (Reminders.Watch _ = reminders.watch(reply)) {
      Response response =
          Response.after(
              Era.MODERN, request.id(), () -> response(client, request, connector, reply));
      // A write would close the connection of who was interrupted since the server stops.
      boolean stopping = Thread.interrupted();
      reply.response(response.status(), response.json());
      if (stopping) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Response response(Client client, RpcMessage request, Connector connector, Reply reply)
      throws ToolServerException {
    return switch (client.destination()) {
      case Destination.One one -> one(client, one.server(), request, connector, reply);
      case Destination.All all -> all(client, all, request, connector, reply);
    };
  }

  private Response all(
      Client client, Destination.All all, RpcMessage request, Connector connector, Reply reply)
      throws ToolServerException {
    return switch (request.method()) {
      case "tools/call" ->
          Joined.shown(
              all,
              all.tool(request.param("name")).map(Destination.Named::server),
              tools.call(client, Era.MODERN, request, connector, reply));
      case "tools/list", "resources/list", "resources/templates/list", "prompts/list" ->
          Response.result(
              request.id(),
              Results.cacheable(
                  Era.MODERN, merging.list(client, all, request, Era.MODERN, connector)));
      case "server/discover" -> Response.result(request.id(), Merging.discovered());
      case "subscriptions/listen" -> subscriptions.listen(client, all, request, connector, reply);
      case "resources/read",
          "prompts/get",
          "completion/complete",
          "tasks/get",
          "tasks/update",
          "tasks/cancel" -> {
        Joined.Routed to = Joined.route(all, Era.MODERN, request);
        Response response = one(client, to.server(), to.request(), connector, reply);
        yield Joined.shown(all, Optional.of(to.server()), response);
      }
      default -> Response.error(request.id(), none(request));
    };
  }

  private Response one(
      Client client, ToolServer server, RpcMessage request, Connector connector, Reply reply)
      throws ToolServerException {
    return switch (request.method()) {
      case "tools/call" -> tools.call(client, Era.MODERN, request, connector, reply);
      case "tools/list" -> {
        Response response = passed(client, server, request, connector, reply);
        tools.show(client, server, response.result());
        yield response;
      }
      case "server/discover" -> discovered(passed(client, server, request, connector, reply));
      case "tasks/get", "tasks/update", "tasks/cancel" -> {
        if (WaitingCalls.ours(request.param("taskId"))) {
          Reply nobody = nobody();
          yield tasks.waiting(client, request, new Direct(client, nobody), nobody);
        }
        yield tasks.call(client, server, Era.MODERN, request, connector, reply);
      }
      case "subscriptions/listen" -> {
        yield subscriptions.listen(client, server, request, connector, reply);
      }
      case "resources/read", "prompts/get", "completion/complete" ->
          features.call(client, server, Era.MODERN, request, connector, reply);
      case "resources/list", "resources/templates/list", "prompts/list" -> {
        Response response = passed(client, server, request, connector, reply);
        features.show(client, server, response.result());
        yield response;
      }
      default -> Response.error(request.id(), none(request));
    };
  }

  private Response passed(
      Client client, ToolServer server, RpcMessage request, Connector connector, Reply reply)
      throws ToolServerException {
    Response response =
        Response.of(Era.MODERN, passing.pass(client, server, request, connector, reply));
    if (response.json().path("result") instanceof ObjectNode result) {
      switch (request.method()) {
        case "tools/list",
            "resources/list",
            "resources/templates/list",
            "prompts/list",
            "server/discover" ->
            Results.cacheable(Era.MODERN, result);
        default -> Results.whole(Era.MODERN, result);
      }
    }
    return response;
  }

  /// What a server says of itself, but for versions that this gateway does not speak.
  private static Response discovered(Response response) {
    ObjectNode result = response.result();
    Greetings.governed(result);
    if (result.path("supportedVersions") instanceof ArrayNode versions) {
      List<String> known = new ArrayList<>();
      for (JsonNode version : versions) {
        String text = version.asString("");
        if (Era.modern(text) || Era.legacy(text)) {
          known.add(text);
        }
      }
      result.set("supportedVersions", RpcJson.array(known));
    }
    return response;
  }

  /// Of work that nobody waits for.
  private Reply nobody() {
    return new Reply(
        (_, _, _) -> {
          throw new IOException("nobody waits for it");
        },
        List.of(),
        false,
        null,
        false,
        RpcJson.object().path("progressToken"),
        reminders.nanos());
  }

  private static RpcError none(RpcMessage request) {
    return RpcError.noSuchMethod(Era.MODERN, request.method());
  }

  /// Connections of one request: nothing outlives it.
  private final class Direct implements Connector {
    private final Client client;
    private final Reply reply;

    private Direct(Client client, Reply reply) {
      this.client = client;
      this.reply = reply;
    }

    @Override
    public ToolConnection to(ToolServer server) throws ToolServerException {
      return servers.open(server, Era.MODERN, client.owner());
    }

    @Override
    public void heard(ToolServer from, RpcMessage message, ToolOrigin within) {
      tools.heard(from, message);
      if (message.kind() == RpcMessage.Kind.NOTIFICATION) {
        tasks
            .told(client, from, message)
            .ifPresent(told -> reply.message(Joined.told(client.destination(), from, told).json()));
      } else {
        LOG.log(
            Level.WARNING,
            "{0} asks its client {1}, which a modern server may not: not passed on",
            from.name(),
            message.method());
      }
    }
  }
}
