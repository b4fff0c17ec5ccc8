// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.Responses;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.entry.Destination;
import dev.steward.gateway.joined.Merging;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.Session;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.toolserver.ToolServers;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// How sessions begin: at one server with the client's own words, at several when the first is
/// needed.
final class Greetings {
  private static final String INITIALIZED = "notifications/initialized";

  private final ToolServers servers;

  Greetings(ToolServers servers) {
    this.servers = servers;
  }

  /// Sends `initialize` and gives the response.
  static RpcMessage exchange(ToolConnection connection, RpcMessage greeting, Cuttable call)
      throws ToolServerException {
    try (Answers answers = connection.ask(greeting, List.of(), call)) {
      return Responses.response(answers, _ -> {});
    }
  }

  /// What the gateway answers where it stands for several servers.
  static ObjectNode welcome(RpcMessage greeting) {
    String asked = greeting.param("protocolVersion");
    ObjectNode result = RpcJson.object();
    result.put("protocolVersion", Era.legacy(asked) ? asked : Era.LEGACY_NEWEST);
    ObjectNode capabilities = result.putObject("capabilities");
    Merging.offers(capabilities);
    result.set("serverInfo", Merging.info());
    return result;
  }

  /// Says of a server what holds here: changes of lists are told, by us where it does not, and
  /// tasks are not listed, since its list would be of all callers.
  static void governed(ObjectNode result) {
    for (String list : List.of("tools", "resources", "prompts")) {
      if (result.path("capabilities").path(list) instanceof ObjectNode capability) {
        capability.put("listChanged", true);
      }
    }
    if (result.path("capabilities").path("tasks") instanceof ObjectNode tasks) {
      tasks.remove("list");
    }
  }

  /// Whether servers are told that; where there are several, each was greeted by us.
  static boolean passes(Destination destination, RpcMessage notification) {
    return destination instanceof Destination.One || !notification.method().equals(INITIALIZED);
  }

  /// Sets from which level on a server tells what it logs; what one that logs nothing says to that
  /// does not matter.
  static void level(ToolConnection connection, String level, Cuttable call)
      throws ToolServerException {
    ObjectNode params = RpcJson.object().put("level", level);
    exchange(connection, RpcMessage.request("steward-level", "logging/setLevel", params), call);
  }

  /// The connection of a session with one of several servers, greeted as the client greeted us.
  ToolConnection open(Session session, ToolServer server, String owner) throws ToolServerException {
    ToolConnection connection = servers.open(server, Era.LEGACY, owner);
    Cuttable call = new Cuttable(Thread.currentThread());
    try {
      RpcMessage welcome = exchange(connection, session.greeting(), call);
      if (!welcome.json().has("result")) {
        throw new ToolServerException(
            new Reason.NotSent(
                "The tool server "
                    + server.name()
                    + " begins no session: "
                    + welcome.json().path("error").path("message").asString("")));
      }
      connection.tell(RpcMessage.notification(INITIALIZED), call);
      if (!session.level().isEmpty()) {
        level(connection, session.level(), call);
      }
    } finally {
      call.done();
    }
    Optional<ToolConnection> earlier = session.keep(server, connection);
    if (earlier.isPresent()) {
      connection.close();
      return earlier.get();
    }
    return connection;
  }
}
