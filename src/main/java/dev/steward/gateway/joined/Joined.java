// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.joined;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.entry.Destination;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.step.FeatureStep;
import dev.steward.gateway.step.Response;
import dev.steward.gateway.task.TaskOwners;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The names of what several servers have, as a client of all of them knows it: tools, prompts and
/// tasks as `server__name`, resources as `steward://server/URI`, which is a URI as well.
public final class Joined {
  private static final String SCHEME = "steward://";
  private static final String RESOURCES = "resourceSubscriptions";
  private static final String TASKS = "taskIds";
  private static final String RELATED = "io.modelcontextprotocol/related-task";

  private Joined() {}

  /// A request for one of the servers, in its own words.
  public record Routed(ToolServer server, RpcMessage request) {}

  /// @throws RpcException for what no server has
  public static Routed route(Destination.All all, Era era, RpcMessage sent) {
    RpcMessage request = sent.copy();
    ObjectNode params = request.params();
    return switch (request.method()) {
      case "prompts/get" -> named(all, request, params, "name", "Unknown prompt: ");
      case "completion/complete" -> {
        ObjectNode ref =
            params.path("ref") instanceof ObjectNode found ? found : params.putObject("ref");
        yield ref.path("type").asString("").equals("ref/prompt")
            ? named(all, request, ref, "name", "Unknown prompt: ")
            : resource(all, era, request, ref);
      }
      case "tasks/get", "tasks/result", "tasks/update", "tasks/cancel" -> {
        String id = request.param("taskId");
        Destination.Named task = all.tool(id).orElseThrow(() -> TaskOwners.unknown(id));
        params.put("taskId", task.tool());
        yield new Routed(task.server(), request);
      }
      default -> resource(all, era, request, params);
    };
  }

  private static Routed named(
      Destination.All all, RpcMessage request, ObjectNode in, String member, String unknown) {
    String name = in.path(member).asString("");
    Destination.Named found =
        all.tool(name).orElseThrow(() -> new RpcException(RpcError.invalidParams(unknown + name)));
    in.put(member, found.tool());
    return new Routed(found.server(), request);
  }

  private static Routed resource(Destination.All all, Era era, RpcMessage request, ObjectNode in) {
    String uri = in.path("uri").asString("");
    for (ToolServer server : all.servers()) {
      String prefix = shown(server, "");
      if (uri.startsWith(prefix)) {
        in.put("uri", uri.substring(prefix.length()));
        return new Routed(server, request);
      }
    }
    int code = era == Era.LEGACY ? FeatureStep.RESOURCE_NOT_FOUND : RpcError.INVALID_PARAMS;
    throw new RpcException(RpcError.of(code, 200, "Resource not found: " + uri));
  }

  /// A server's URI as a client of all knows it.
  public static String shown(ToolServer server, String uri) {
    return SCHEME + server.name() + "/" + uri;
  }

  /// An entry of a list as a client of all sees it.
  static ObjectNode entry(Destination.All all, ToolServer server, JsonNode entry) {
    ObjectNode named = (ObjectNode) entry.deepCopy();
    if (named.path("uri").isString() || named.path("uriTemplate").isString()) {
      uris(server, List.of(named));
    } else {
      named.put("name", all.shown(server, named.path("name").asString("")));
    }
    return named;
  }

  /// A response whose result says what the client of all knows.
  public static Response shown(Destination.All all, Optional<ToolServer> from, Response response) {
    if (from.isPresent() && response.json().path("result") instanceof ObjectNode result) {
      result(all, from.get(), result);
    }
    return response;
  }

  /// What a server tells, as a client of all knows it.
  public static RpcMessage told(Destination to, ToolServer from, RpcMessage message) {
    boolean logs = message.method().equals("notifications/message");
    boolean names =
        message.method().equals("notifications/resources/updated")
            || message.method().startsWith("notifications/tasks");
    if (!(to instanceof Destination.All all) || !(names || logs)) {
      return message;
    }
    RpcMessage copy = message.copy();
    if (logs) {
      String logger = copy.param("logger");
      copy.params().put("logger", logger.isEmpty() ? from.name() : all.shown(from, logger));
      return copy;
    }
    uris(from, List.of(copy.params()));
    result(all, from, copy.params());
    return copy;
  }

  /// Of what a subscription asks for, the resources and tasks of one server in its own words.
  public static ObjectNode asked(Destination.All all, ToolServer server, JsonNode filter) {
    ObjectNode asked = RpcJson.object();
    String prefix = shown(server, "");
    for (JsonNode uri : filter.path(RESOURCES)) {
      if (uri.asString("").startsWith(prefix)) {
        asked.withArray(RESOURCES).add(uri.asString("").substring(prefix.length()));
      }
    }
    for (JsonNode id : filter.path(TASKS)) {
      Optional<Destination.Named> task = all.tool(id.asString(""));
      if (task.isPresent() && task.get().server().equals(server)) {
        asked.withArray(TASKS).add(task.get().tool());
      }
    }
    return asked;
  }

  /// Adds what one server honours of it, in the client's words.
  public static void honoured(
      Destination.All all, ToolServer server, JsonNode filter, ObjectNode honoured) {
    for (JsonNode uri : filter.path(RESOURCES)) {
      honoured.withArray(RESOURCES).add(shown(server, uri.asString("")));
    }
    for (JsonNode id : filter.path(TASKS)) {
      honoured.withArray(TASKS).add(all.shown(server, id.asString("")));
    }
  }

  private static void result(Destination.All all, ToolServer server, ObjectNode result) {
    task(all, server, result);
    task(all, server, result.path("task"));
    task(all, server, result.path("_meta").path(RELATED));
    uris(server, result.path("contents"));
    blocks(server, result.path("content"));
    for (JsonNode message : result.path("messages")) {
      JsonNode content = message.path("content");
      blocks(server, content.isArray() ? content : List.of(content));
    }
    if (result.path("result") instanceof ObjectNode inner) {
      result(all, server, inner);
    }
  }

  private static void task(Destination.All all, ToolServer server, JsonNode task) {
    if (task instanceof ObjectNode found && found.path("taskId").isString()) {
      found.put("taskId", all.shown(server, found.path("taskId").asString("")));
    }
  }

  /// Links to resources, and resources, in what a tool or a prompt says.
  private static void blocks(ToolServer server, Iterable<JsonNode> blocks) {
    for (JsonNode block : blocks) {
      switch (block.path("type").asString("")) {
        case "resource_link" -> uris(server, List.of(block));
        case "resource" -> uris(server, List.of(block.path("resource")));
        default -> {
          // It names nothing.
        }
      }
    }
  }

  private static void uris(ToolServer server, Iterable<? extends JsonNode> all) {
    for (JsonNode each : all) {
      for (String member : List.of("uri", "uriTemplate")) {
        if (each instanceof ObjectNode found && found.path(member).isString()) {
          found.put(member, shown(server, found.path(member).asString("")));
        }
      }
    }
  }
}
