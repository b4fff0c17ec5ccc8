// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.step;

import dev.steward.domain.call.Feature;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.Meta;
import dev.steward.gateway.rpc.Results;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.Reply;
import dev.steward.gateway.tool.ClientAbilities;
import dev.steward.gateway.tool.ToolAsked;
import dev.steward.gateway.tool.ToolCalls;
import dev.steward.gateway.tool.ToolEnding;
import dev.steward.gateway.tool.ToolSend;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Refusal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Brings requests for resources and prompts on the way of tool calls, and what becomes of them
/// into the form of a response.
public final class FeatureStep {
  public static final int RESOURCE_NOT_FOUND = -32002;

  private final ToolCalls calls;
  private final Exchange exchange;

  public FeatureStep(ToolCalls calls, Exchange exchange) {
    this.calls = calls;
    this.exchange = exchange;
  }

  /// What a request is for.
  ///
  /// @param name that its client knows
  /// @param arguments as policy sees them
  private record Wanted(Feature feature, String name, ObjectNode arguments) {
    String named() {
      return feature.named(name);
    }
  }

  public Response call(
      Client client,
      ToolServer server,
      Era era,
      RpcMessage sent,
      Connector connector,
      Reply reply) {
    RpcMessage request = Waiting.unwrap(sent);
    InputStep.check(request);
    Optional<Wanted> wanted = wanted(request);
    JsonNode id = sent.id();
    if (wanted.isEmpty()) {
      return Response.error(
          id, RpcError.invalidParams("What " + sent.method() + " is of is missing."));
    }
    Wanted what = wanted.get();
    boolean asksAgain = !sent.method().startsWith("completion/");
    ClientAbilities can = ToolStep.abilities(era, request);
    ToolAsked asked =
        new ToolAsked(
            client.caller(),
            client.origin(request),
            server.name(),
            request.method(),
            what.named(),
            what.arguments(),
            request.meta().path("steward/reason").asString(""),
            new ClientAbilities(can.elicitsByUrl() && asksAgain, false, can.waits()));
    ToolSend send = sending -> send(client, server, request, what, connector, reply, sending);
    return switch (calls.call(asked, send)) {
      case ToolEnding.Answered answered -> Response.result(id, whole(era, sent, answered.result()));
      case ToolEnding.Begun begun -> Response.result(id, begun.result());
      case ToolEnding.Refused refused ->
          Response.error(id, refused(era, refused.kind(), refused.text()));
      case ToolEnding.NoSuchTool _ -> unknown(era, id, what);
      case ToolEnding.Pending pending ->
          asked.abilities().elicitsByUrl()
              ? Response.result(id, Waiting.wrap(pending, sent))
              : Response.error(id, refused(era, Refusal.Kind.DENIED, pending.text()));
      case ToolEnding.Failed failed -> Response.refused(era, id, failed.error());
      case ToolEnding.Unreached unreached ->
          Response.unreached(era, id, unreached.kind().status(), unreached.text());
    };
  }

  /// A subscription that asks for no resource but those that policy lets the client read.
  public RpcMessage own(Client client, ToolServer server, RpcMessage request) {
    RpcMessage copy = request.copy();
    if (copy.params().path("notifications") instanceof ObjectNode filter
        && filter.path("resourceSubscriptions") instanceof ArrayNode asked) {
      ArrayNode own = filter.putArray("resourceSubscriptions");
      for (JsonNode uri : asked) {
        Optional<Wanted> wanted = resource(uri);
        if (wanted.isPresent() && noted(client, server, request, wanted.get())) {
          own.add(uri);
        }
      }
    }
    return copy;
  }

  /// Whether the client may hear of it, which is recorded.
  private boolean noted(Client client, ToolServer server, RpcMessage request, Wanted what) {
    ToolAsked asked =
        new ToolAsked(
            client.caller(),
            client.origin(request),
            server.name(),
            request.method(),
            what.named(),
            what.arguments(),
            request.meta().path("steward/reason").asString(""),
            ClientAbilities.NONE);
    return calls.call(asked, _ -> RpcJson.object()) instanceof ToolEnding.Answered;
  }

  private static Optional<Wanted> wanted(RpcMessage request) {
    return switch (request.method()) {
      case "prompts/get" ->
          wanted(Feature.PROMPT, request.params().path("name"), child(request, "arguments"));
      case "completion/complete" -> {
        JsonNode ref = request.params().path("ref");
        yield ref.path("type").asString("").equals("ref/prompt")
            ? wanted(Feature.PROMPT, ref.path("name"), RpcJson.object())
            : resource(ref.path("uri"));
      }
      default -> resource(request.params().path("uri"));
    };
  }

  private static ObjectNode child(RpcMessage request, String name) {
    return RpcJson.child(request.params(), name);
  }

  private static Optional<Wanted> resource(JsonNode uri) {
    ObjectNode arguments = RpcJson.object();
    arguments.put("uri", uri.asString(""));
    return wanted(Feature.RESOURCE, uri, arguments);
  }

  private static Optional<Wanted> wanted(Feature feature, JsonNode name, ObjectNode arguments) {
    return name.isString()
        ? Optional.of(new Wanted(feature, name.stringValue(), arguments))
        : Optional.empty();
  }

  private ObjectNode send(
      Client client,
      ToolServer server,
      RpcMessage request,
      Wanted what,
      Connector connector,
      Reply reply,
      ToolSend.Sending sending)
      throws ToolServerException {
    RpcMessage outgoing =
        sending.traceparent().isEmpty()
            ? request.copy()
            : request.withMeta(Meta.TRACEPARENT, sending.traceparent());
    if (!sending.arguments().equals(what.arguments())) {
      if (!request.method().equals("prompts/get")) {
        throw new ToolServerException(
            new Reason.NotSent(
                "Who approved it changed the URI, which would be another resource: ask for that"
                    + " one."));
      }
      outgoing.params().set("arguments", sending.arguments());
    }
    return exchange.with(
        client, server, client.origin(request), outgoing, List.of(), connector, reply, sending);
  }

  private static ObjectNode whole(Era era, RpcMessage sent, ObjectNode result) {
    return sent.method().equals("resources/read")
        ? Results.cacheable(era, result)
        : Results.whole(era, result);
  }

  private static RpcError refused(Era era, Refusal.Kind kind, String text) {
    int code =
        switch (kind) {
          case DENIED, KILLED, LOOP, BUDGET -> RpcError.DENIED;
          case BUSY -> RpcError.BUSY;
          case MALFORMED -> RpcError.INVALID_PARAMS;
          case UNAUTHENTICATED -> RpcError.UNAUTHENTICATED;
          case INTERNAL,
              NO_SUCH_MODEL,
              TOO_LARGE,
              UPSTREAM_FAILED,
              UPSTREAM_LATE,
              CIRCUIT_OPEN,
              STOPPING,
              UNRECORDED ->
              RpcError.INTERNAL;
        };
    return RpcError.of(code, era == Era.MODERN ? kind.status() : 200, text);
  }

  /// As a server answers that has no such thing.
  private static Response unknown(Era era, JsonNode id, Wanted what) {
    boolean resource = what.feature() == Feature.RESOURCE;
    int code = resource && era == Era.LEGACY ? RESOURCE_NOT_FOUND : RpcError.INVALID_PARAMS;
    String text = (resource ? "Resource not found: " : "Unknown prompt: ") + what.name();
    return Response.error(id, RpcError.of(code, 200, text));
  }

  /// Leaves of a page of resources, templates or prompts what this caller may ever have.
  public void show(Client client, ToolServer server, ObjectNode result) {
    show(client, server, result, "resources", Feature.RESOURCE, "uri");
    show(client, server, result, "resourceTemplates", Feature.RESOURCE, "uriTemplate");
    show(client, server, result, "prompts", Feature.PROMPT, "name");
  }

  private void show(
      Client client,
      ToolServer server,
      ObjectNode result,
      String list,
      Feature feature,
      String name) {
    if (!result.has(list)) {
      return;
    }
    ArrayNode shown = RpcJson.array(List.of());
    for (JsonNode each : result.path(list)) {
      if (may(client, server, feature.named(each.path(name).asString("")))) {
        shown.add(each);
      }
    }
    result.set(list, shown);
    if (result.has("cacheScope")) {
      result.put("cacheScope", "private");
    }
  }

  private boolean may(Client client, ToolServer server, String feature) {
    return calls.visible(client.caller(), server.name(), feature);
  }
}
