// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.step;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.entry.Destination;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.Meta;
import dev.steward.gateway.rpc.Results;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.Reply;
import dev.steward.gateway.task.TaskOwners;
import dev.steward.gateway.task.WaitingCalls;
import dev.steward.gateway.task.WaitingCalls.Made;
import dev.steward.gateway.tool.ClientAbilities;
import dev.steward.gateway.tool.TaskTerms;
import dev.steward.gateway.tool.ToolAsked;
import dev.steward.gateway.tool.ToolCalls;
import dev.steward.gateway.tool.ToolEnding;
import dev.steward.gateway.tool.ToolSend;
import dev.steward.gateway.wire.Refusal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Brings what is asked of tasks on the way of tool calls: of those that servers do, and of calls
/// that wait for people.
public final class TaskStep {
  private final ToolCalls calls;
  private final ToolStep tools;
  private final Exchange exchange;
  private final TaskOwners tasks;
  private final WaitingCalls waiting;

  public TaskStep(
      ToolCalls calls, ToolStep tools, Exchange exchange, TaskOwners tasks, WaitingCalls waiting) {
    this.calls = calls;
    this.tools = tools;
    this.exchange = exchange;
    this.tasks = tasks;
    this.waiting = waiting;
  }

  /// What a server tells, as the client may hear it; empty for a task that is not its own.
  public Optional<RpcMessage> told(Client client, ToolServer server, RpcMessage message) {
    return message.method().startsWith("notifications/tasks")
        ? tasks.told(client, server, message)
        : Optional.of(message);
  }

  /// A subscription that asks for no task but the client's own.
  public RpcMessage own(Client client, ToolServer server, RpcMessage request) {
    return tasks.own(client, server, request);
  }

  /// Brings a request for a task on the way of tool calls.
  public Response call(
      Client client,
      ToolServer server,
      Era era,
      RpcMessage request,
      Connector connector,
      Reply reply) {
    InputStep.check(request);
    String task = request.param("taskId");
    TaskTerms terms = tasks.require(client, server, task);
    ObjectNode arguments = RpcJson.object();
    arguments.put("taskId", task);
    ToolAsked asked =
        new ToolAsked(
            client.caller(),
            client.origin(request),
            server.name(),
            request.method(),
            terms.tool(),
            arguments,
            "",
            ClientAbilities.NONE);
    JsonNode id = request.id();
    ToolSend send =
        sending -> {
          RpcMessage outgoing = request.withMeta(Meta.TRACEPARENT, sending.traceparent());
          return exchange.with(
              client,
              server,
              client.origin(request),
              outgoing,
              List.of(),
              connector,
              reply,
              sending);
        };
    return switch (calls.fetch(asked, terms, send)) {
      case ToolEnding.Answered answered ->
          Response.result(id, Results.whole(era, answered.result()));
      case ToolEnding.Refused refused ->
          request.method().equals("tasks/result")
              ? Response.result(id, Results.told(era, refused.text()))
              : Response.error(
                  id,
                  RpcError.of(
                      RpcError.DENIED,
                      era == Era.MODERN ? refused.kind().status() : 200,
                      refused.text()));
      case ToolEnding.NoSuchTool _ -> throw TaskOwners.unknown(task);
      case ToolEnding.Pending pending -> Response.result(id, Results.told(era, pending.text()));
      case ToolEnding.Begun begun -> Response.result(id, begun.result());
      case ToolEnding.Failed failed -> Response.refused(era, id, failed.error());
      case ToolEnding.Unreached unreached ->
          Response.unreached(era, id, unreached.kind().status(), unreached.text());
    };
  }

  /// Answers what is asked of a call that waits for people, and makes it once they have answered. A
  /// copy of a live call begins none, since it asks nobody: it reads those of the live run.
  ///
  /// @param connector whose messages reach nobody
  public Response waiting(Client client, RpcMessage request, Connector connector, Reply nobody) {
    String id = request.param("taskId");
    RpcException unknown = TaskOwners.unknown(id);
    boolean copy = calls.copied(client.caller(), client.origin(request));
    return switch (request.method()) {
      case "tasks/get" -> {
        Optional<ObjectNode> told =
            copy
                ? waiting.look(client, id)
                : waiting.get(client, id, (as, call) -> made(as, call, connector, nobody));
        yield Response.result(
            request.id(), Results.whole(Era.MODERN, told.orElseThrow(() -> unknown)));
      }
      case "tasks/cancel" -> {
        if (copy) {
          throw notOfACopy();
        }
        if (!waiting.cancel(client, id)) {
          throw unknown;
        }
        yield Response.result(request.id(), Results.whole(Era.MODERN, RpcJson.object()));
      }
      // It asks for nothing.
      default -> throw unknown;
    };
  }

  private static RpcException notOfACopy() {
    return new RpcException(
        RpcError.of(
            RpcError.DENIED,
            Refusal.Kind.DENIED.status(),
            "This run is a copy of a live one: it may not end a call of the live run that waits for"
                + " people."));
  }

  private Made made(Client client, RpcMessage call, Connector connector, Reply nobody) {
    Optional<Destination.Named> tool = client.destination().tool(call.param("name"));
    if (tool.isEmpty()) {
      return failed(RpcError.invalidParams("Unknown tool: " + call.param("name")).json());
    }
    // Nobody can be asked, and its server can make no task of it: the result is all there is.
    RpcMessage alone = call.copy();
    alone.meta().set(Meta.CLIENT_CAPABILITIES, RpcJson.object());
    return switch (tools.ending(
        client, tool.get(), alone, ClientAbilities.NONE, connector, nobody)) {
      case ToolEnding.Pending pending -> new Made.Waits(pending.approval());
      case ToolEnding.Answered(ObjectNode result) -> completed(result);
      case ToolEnding.Begun begun -> completed(begun.result());
      case ToolEnding.Refused refused -> completed(Results.told(Era.MODERN, refused.text()));
      case ToolEnding.NoSuchTool(String name) ->
          failed(RpcError.invalidParams("Unknown tool: " + name).json());
      case ToolEnding.Failed failed -> failed(failed.error());
      case ToolEnding.Unreached unreached ->
          failed(
              RpcError.of(RpcError.INTERNAL, unreached.kind().status(), unreached.text()).json());
    };
  }

  private static Made completed(ObjectNode result) {
    ObjectNode task = RpcJson.object().put("status", "completed");
    task.set("result", Results.whole(Era.MODERN, result));
    return new Made.Ended(task);
  }

  private static Made failed(ObjectNode error) {
    ObjectNode task = RpcJson.object().put("status", "failed");
    task.set("error", error);
    return new Made.Ended(task);
  }
}
