// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.Meta;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks a server on Steward's own behalf for all pages of its tools, in the era that it speaks.
final class ToolFetch {
  private static final int PAGES_MAX = 100;
  private static final int TOOLS_MAX = 10_000;

  private final ToolServers servers;
  private final ToolServer server;

  ToolFetch(ToolServers servers, ToolServer server) {
    this.servers = servers;
    this.server = server;
  }

  List<ObjectNode> all() throws ToolServerException {
    Cuttable call = new Cuttable(Thread.currentThread());
    try (ToolConnection modern = servers.open(server, Era.MODERN)) {
      return pages(modern, true, call);
    } catch (ToolServerException e) {
      if (!olderMay(e)) {
        throw e;
      }
    } finally {
      call.done();
    }
    Cuttable again = new Cuttable(Thread.currentThread());
    try (ToolConnection legacy = servers.open(server, Era.LEGACY)) {
      initialize(legacy, again);
      return pages(legacy, false, again);
    } finally {
      again.done();
    }
  }

  /// Whether what a server answered to a modern request means that it may speak the older way: any
  /// refusal but those that only a modern server gives.
  private static boolean olderMay(ToolServerException e) {
    return switch (e.reason()) {
      case Reason.Refused refused ->
          switch (refused.error().path("code").asInt(0)) {
            case -32020, -32021, -32022 -> false;
            default -> true;
          };
      case Reason.NotSent _ -> true;
      case Reason.Unknown unknown -> !unknown.late();
    };
  }

  private static void initialize(ToolConnection session, Cuttable call) throws ToolServerException {
    ObjectNode params = RpcJson.object();
    params.put("protocolVersion", Era.LEGACY_NEWEST);
    params.set("capabilities", abilities());
    params.set("clientInfo", client());
    response(session, RpcMessage.request("steward-0", "initialize", params), call);
    session.tell(RpcMessage.notification("notifications/initialized"), call);
  }

  private static List<ObjectNode> pages(ToolConnection from, boolean modern, Cuttable call)
      throws ToolServerException {
    List<ObjectNode> all = new ArrayList<>();
    JsonNode cursor = RpcJson.object().path("none");
    for (int page = 1; page <= PAGES_MAX && all.size() <= TOOLS_MAX; page++) {
      ObjectNode params = RpcJson.object();
      if (modern) {
        params.set("_meta", meta());
      }
      if (cursor.isString()) {
        params.set("cursor", cursor);
      }
      JsonNode result =
          response(from, RpcMessage.request("steward-" + page, "tools/list", params), call);
      for (JsonNode tool : result.path("tools")) {
        if (tool instanceof ObjectNode definition) {
          all.add(definition);
        }
      }
      cursor = result.path("nextCursor");
      if (!cursor.isString()) {
        return all;
      }
    }
    throw new ToolServerException(
        new Reason.Unknown(
            "The tool server lists more than "
                + PAGES_MAX
                + " pages or "
                + TOOLS_MAX
                + " tools: too many to be looked through.",
            false));
  }

  private static JsonNode response(ToolConnection from, RpcMessage request, Cuttable call)
      throws ToolServerException {
    try (Answers answers = from.ask(request, List.of(), call)) {
      return Responses.result(answers, _ -> {});
    }
  }

  private static ObjectNode meta() {
    ObjectNode meta = RpcJson.object();
    meta.put(Meta.PROTOCOL_VERSION, Era.MODERN_VERSIONS.getFirst());
    meta.set(Meta.CLIENT_CAPABILITIES, abilities());
    meta.set(Meta.CLIENT_INFO, client());
    return meta;
  }

  /// All that a client could be able to: some servers show their tools to those alone who are.
  private static ObjectNode abilities() {
    ObjectNode abilities = RpcJson.object();
    abilities.putObject("sampling");
    abilities.putObject("roots");
    ObjectNode elicitation = abilities.putObject("elicitation");
    elicitation.putObject("form");
    elicitation.putObject("url");
    return abilities;
  }

  private static ObjectNode client() {
    return RpcJson.object().put("name", "steward").put("version", "1");
  }
}
