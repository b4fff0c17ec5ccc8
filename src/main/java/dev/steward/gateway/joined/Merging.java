// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.joined;

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
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.step.Connector;
import dev.steward.gateway.step.FeatureStep;
import dev.steward.gateway.step.Passing;
import dev.steward.gateway.step.ToolStep;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Several servers as one: what they have in one list, each thing under the name of its server. One
/// that does not answer is left out, and holds up the others no longer than its own patience.
public final class Merging {
  private static final System.Logger LOG = System.getLogger(Merging.class.getName());
  private static final int PAGES_MAX = 50;

  private final ToolStep tools;
  private final FeatureStep features;
  private final Passing passing;

  public Merging(ToolStep tools, FeatureStep features, Passing passing) {
    this.tools = tools;
    this.features = features;
    this.passing = passing;
  }

  /// What the gateway says of itself where it stands for several servers.
  public static ObjectNode discovered() {
    ObjectNode result = RpcJson.object();
    result.set("supportedVersions", RpcJson.array(Era.MODERN_VERSIONS));
    ObjectNode capabilities = result.putObject("capabilities");
    offers(capabilities);
    capabilities.putObject("extensions").putObject(ToolStep.TASKS);
    result.putObject("_meta").set(Meta.SERVER_INFO, info());
    return Results.cacheable(Era.MODERN, result);
  }

  /// What some server may have; a list of what none has is empty.
  public static void offers(ObjectNode capabilities) {
    for (String list : List.of("tools", "resources", "prompts")) {
      capabilities.putObject(list).put("listChanged", true);
    }
    RpcJson.child(capabilities, "resources").put("subscribe", true);
    capabilities.putObject("completions");
    capabilities.putObject("logging");
  }

  public static ObjectNode info() {
    return RpcJson.object().put("name", "steward").put("title", "Steward").put("version", "1");
  }

  /// All that all servers have of what is asked for and that the client may see, in the order of
  /// the servers.
  public ObjectNode list(
      Client client, Destination.All all, RpcMessage request, Era era, Connector connector)
      throws ToolServerException {
    ArrayNode merged = RpcJson.array(List.of());
    passing.flown(
        client,
        request.method(),
        call -> {
          for (Listed listed : inParallel(client, all, request, connector, call)) {
            for (JsonNode each : listed.entries()) {
              merged.add(Joined.entry(all, listed.server(), each));
            }
          }
          return merged;
        });
    ObjectNode result = RpcJson.object();
    result.set(member(request), merged);
    return Results.whole(era, result);
  }

  /// Where entries of a list stand in its result.
  private static String member(RpcMessage request) {
    return switch (request.method()) {
      case "resources/list" -> "resources";
      case "resources/templates/list" -> "resourceTemplates";
      case "prompts/list" -> "prompts";
      default -> "tools";
    };
  }

  private List<ObjectNode> visible(
      Client client, ToolServer server, RpcMessage request, ObjectNode result) {
    String member = member(request);
    if (member.equals("tools")) {
      return tools.visible(client, server, result.path(member));
    }
    features.show(client, server, result);
    List<ObjectNode> visible = new ArrayList<>();
    for (JsonNode each : result.path(member)) {
      if (each instanceof ObjectNode entry) {
        visible.add(entry);
      }
    }
    return visible;
  }

  private record Listed(ToolServer server, List<ObjectNode> entries) {}

  private List<Listed> inParallel(
      Client client, Destination.All all, RpcMessage request, Connector connector, Cuttable call) {
    List<Listed> lists = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Listed>> running = new ArrayList<>();
      for (ToolServer server : all.servers()) {
        running.add(threads.submit(() -> listed(client, server, request, connector)));
      }
      try {
        for (Future<Listed> each : running) {
          lists.add(call.waiting(() -> got(each)));
        }
      } catch (IOException e) {
        throw new IllegalStateException("a list was interrupted", e);
      } finally {
        // Only those are left that nobody waits for any more.
        threads.shutdownNow();
      }
    }
    return lists;
  }

  private static Listed got(Future<Listed> running) throws InterruptedException {
    try {
      return running.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a list of tools was not read", e);
    }
  }

  private Listed listed(Client client, ToolServer server, RpcMessage request, Connector connector) {
    List<ObjectNode> visible = new ArrayList<>();
    Cuttable call = new Cuttable(Thread.currentThread());
    try {
      JsonNode cursor = RpcJson.object().path("cursor");
      for (int page = 0; page < PAGES_MAX; page++) {
        RpcMessage asked = request.copy();
        asked.params().remove("cursor");
        if (cursor.isString()) {
          asked.params().set("cursor", cursor);
        }
        try (Answers answers = connector.to(server).ask(asked, List.of(), call)) {
          ObjectNode result = Responses.result(answers, _ -> {});
          visible.addAll(visible(client, server, request, result));
          cursor = result.path("nextCursor");
        }
        if (!cursor.isString()) {
          break;
        }
      }
    } catch (ToolServerException | CutException | RpcException e) {
      LOG.log(
          none(e) ? Level.DEBUG : Level.WARNING,
          "{0} is left out of {1}: {2}",
          server.name(),
          request.method(),
          e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, server.name() + " is left out of " + request.method(), e);
    } finally {
      call.done();
    }
    return new Listed(server, visible);
  }

  /// Whether the server has no such list.
  private static boolean none(Exception e) {
    return e instanceof ToolServerException failed
        && failed.reason() instanceof Reason.Refused refused
        && refused.error().path("code").asInt(0) == RpcError.NO_SUCH_METHOD;
  }
}
