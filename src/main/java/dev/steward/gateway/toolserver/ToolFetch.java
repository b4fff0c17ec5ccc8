// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.Responses;
import dev.steward.gateway.connection.ToolConnection;
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

/// Asks a server on Steward's own behalf for all pages of its tools.
final class ToolFetch {
  private static final int PAGES_MAX = 100;
  private static final int TOOLS_MAX = 10_000;

  /// Steward's own place among the callers.
  private static final String OURS = "steward";

  private final ToolServers servers;
  private final ToolServer server;

  ToolFetch(ToolServers servers, ToolServer server) {
    this.servers = servers;
    this.server = server;
  }

  List<ObjectNode> all() throws ToolServerException {
    Cuttable call = new Cuttable(Thread.currentThread());
    try (ToolConnection connection = servers.open(server, Era.MODERN, OURS)) {
      return pages(connection, call);
    } finally {
      call.done();
    }
  }

  private static List<ObjectNode> pages(ToolConnection from, Cuttable call)
      throws ToolServerException {
    List<ObjectNode> all = new ArrayList<>();
    JsonNode cursor = RpcJson.object().path("none");
    for (int page = 1; page <= PAGES_MAX && all.size() <= TOOLS_MAX; page++) {
      ObjectNode params = RpcJson.object();
      params.set("_meta", meta());
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
