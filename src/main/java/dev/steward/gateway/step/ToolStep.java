// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.step;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.entry.Destination;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.Meta;
import dev.steward.gateway.rpc.ParamHeaders;
import dev.steward.gateway.rpc.Results;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.Reply;
import dev.steward.gateway.session.ToldLists;
import dev.steward.gateway.task.TaskOwners;
import dev.steward.gateway.task.WaitingCalls;
import dev.steward.gateway.tool.ClientAbilities;
import dev.steward.gateway.tool.ToolAsked;
import dev.steward.gateway.tool.ToolCalls;
import dev.steward.gateway.tool.ToolEnding;
import dev.steward.gateway.tool.ToolSend;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Brings tool calls on their way, and what becomes of them into the form of a response.
public final class ToolStep {
  public static final String TASKS = "io.modelcontextprotocol/tasks";
  static final String LIST_CHANGED = ToldLists.TOOLS;

  private final ToolCalls calls;
  private final Exchange exchange;
  private final TaskOwners tasks;
  private final WaitingCalls waiting;

  public ToolStep(ToolCalls calls, Exchange exchange, TaskOwners tasks, WaitingCalls waiting) {
    this.calls = calls;
    this.exchange = exchange;
    this.tasks = tasks;
    this.waiting = waiting;
  }

  public Response call(Client client, Era era, RpcMessage sent, Connector connector, Reply reply) {
    JsonNode id = sent.id();
    if (!sent.params().path("name").isString()) {
      return Response.error(id, RpcError.invalidParams("'name' of the tool is missing."));
    }
    JsonNode given = sent.params().path("arguments");
    if (!given.isMissingNode() && !given.isObject()) {
      return Response.error(id, RpcError.invalidParams("'arguments' must be an object."));
    }
    String name = sent.param("name");
    Optional<Destination.Named> tool = client.destination().tool(name);
    if (tool.isEmpty()) {
      return unknown(id, name);
    }
    RpcMessage request = Waiting.unwrap(sent);
    InputStep.check(request);
    ClientAbilities can = abilities(era, request);
    return switch (ending(client, tool.get(), request, can, connector, reply)) {
      case ToolEnding.Answered answered ->
          Response.result(id, Results.whole(era, answered.result()));
      case ToolEnding.Begun begun -> {
        tasks.learn(client, tool.get().server(), begun.terms(), begun.result());
        yield Response.result(id, begun.result());
      }
      case ToolEnding.Refused refused -> Response.result(id, Results.told(era, refused.text()));
      case ToolEnding.NoSuchTool _ -> unknown(id, name);
      case ToolEnding.Pending pending ->
          Response.result(id, waits(client, era, sent, can, pending));
      case ToolEnding.Failed failed -> Response.refused(era, id, failed.error());
      case ToolEnding.Unreached unreached ->
          Response.unreached(era, id, unreached.kind().status(), unreached.text());
    };
  }

  private ObjectNode waits(
      Client client, Era era, RpcMessage sent, ClientAbilities can, ToolEnding.Pending pending) {
    if (can.elicitsByUrl()) {
      return Waiting.wrap(pending, sent);
    }
    return can.tasks()
        ? waiting.begin(client, Waiting.unwrap(sent), pending)
        : Results.told(era, pending.text());
  }

  /// Makes a call of a tool.
  ToolEnding ending(
      Client client,
      Destination.Named tool,
      RpcMessage request,
      ClientAbilities can,
      Connector connector,
      Reply reply) {
    ToolAsked asked =
        new ToolAsked(
            client.caller(),
            client.origin(request),
            tool.server().name(),
            tool.tool(),
            RpcJson.child(request.params(), "arguments"),
            request.meta().path("steward/reason").asString(""),
            can);
    return calls.call(asked, sending -> send(client, tool, request, connector, reply, sending));
  }

  /// Learns what a server says of itself.
  public void heard(ToolServer from, RpcMessage message) {
    if (message.method().equals(LIST_CHANGED)) {
      calls.changed(from.name());
    }
  }

  /// A page of definitions as this caller may see it.
  public List<ObjectNode> visible(Client client, ToolServer server, JsonNode tools) {
    List<ObjectNode> offered = new ArrayList<>();
    for (JsonNode tool : tools) {
      if (tool instanceof ObjectNode definition
          && ParamHeaders.of(definition.path("inputSchema")).isPresent()) {
        offered.add(definition);
      }
    }
    return calls.visible(client.caller(), server.name(), offered);
  }

  /// Leaves of a page what this caller may see; others may see more or less, so nobody may keep it
  /// for them.
  public void show(Client client, ToolServer server, ObjectNode result) {
    if (result.has("tools")) {
      ArrayNode shown = RpcJson.array(List.of());
      visible(client, server, result.path("tools")).forEach(shown::add);
      result.set("tools", shown);
      if (result.has("cacheScope")) {
        result.put("cacheScope", "private");
      }
    }
  }

  private ObjectNode send(
      Client client,
      Destination.Named tool,
      RpcMessage request,
      Connector connector,
      Reply reply,
      ToolSend.Sending sending)
      throws ToolServerException {
    List<Header> headers = headers(client, tool, request, sending.arguments());
    RpcMessage outgoing =
        sending.traceparent().isEmpty()
            ? request.copy()
            : request.withMeta(Meta.TRACEPARENT, sending.traceparent());
    ObjectNode params = outgoing.params();
    params.put("name", tool.tool());
    if (params.has("arguments") || !sending.arguments().isEmpty()) {
      params.set("arguments", sending.arguments());
    }
    return exchange.with(
        client,
        tool.server(),
        client.origin(request),
        outgoing,
        headers,
        connector,
        reply,
        sending);
  }

  private static List<Header> headers(
      Client client, Destination.Named tool, RpcMessage request, ObjectNode arguments)
      throws ToolServerException {
    String schema =
        tool.server().tool(tool.tool()).map(ToolServer.Tool::inputSchemaJson).orElse("{}");
    ParamHeaders wanted =
        schema.contains("x-mcp-header")
            ? ParamHeaders.of(RpcJson.read(schema)).orElse(ParamHeaders.NONE)
            : ParamHeaders.NONE;
    if (request.meta().has(Meta.PROTOCOL_VERSION)) {
      Optional<RpcError> wrong =
          wanted.wrong(client.http().headers(), request.params().path("arguments"));
      if (wrong.isPresent()) {
        throw new ToolServerException(
            new Reason.Refused(wrong.get().json(), wrong.get().message()));
      }
    }
    return wanted.headers(client.http().headers(), arguments);
  }

  static ClientAbilities abilities(Era era, RpcMessage request) {
    JsonNode capabilities = request.meta().path(Meta.CLIENT_CAPABILITIES);
    return era == Era.LEGACY
        ? new ClientAbilities(false, false, true)
        : new ClientAbilities(
            capabilities.path("elicitation").path("url").isObject(),
            capabilities.path("extensions").path(TASKS).isObject(),
            false);
  }

  private static Response unknown(JsonNode id, String name) {
    return Response.error(id, RpcError.invalidParams("Unknown tool: " + name));
  }
}
