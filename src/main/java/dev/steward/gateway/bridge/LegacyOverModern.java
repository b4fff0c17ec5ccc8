// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.bridge;

import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.Responses;
import dev.steward.gateway.connection.Single;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.Meta;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Header;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/// A modern server for a legacy client. What a call requires the client is asked one by one; its
/// answers go to the server with the call, sent again.
final class LegacyOverModern implements ToolConnection {
  private final ToolConnection modern;
  private final Map<String, BlockingQueue<RpcMessage>> asked = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private volatile ObjectNode capabilities = RpcJson.object();
  private volatile ObjectNode client = RpcJson.object();

  LegacyOverModern(ToolConnection modern) {
    this.modern = modern;
  }

  @Override
  public Answers ask(RpcMessage request, List<Header> headers, Cuttable call)
      throws ToolServerException {
    return switch (request.method()) {
      case "initialize" -> new Single(greeted(request, call));
      case "ping" -> new Single(new RpcMessage(RpcMessage.result(request.id(), RpcJson.object())));
      case "tools/list",
          "tools/call",
          "resources/list",
          "resources/read",
          "resources/templates/list",
          "prompts/list",
          "prompts/get",
          "completion/complete" ->
          new Replayed(this, request, headers, call);
      default -> {
        RpcError error = RpcError.noSuchMethod(Era.LEGACY, request.method());
        throw new ToolServerException(new Reason.Refused(error.json(), error.message()));
      }
    };
  }

  private RpcMessage greeted(RpcMessage request, Cuttable call) throws ToolServerException {
    capabilities = RpcJson.object();
    for (String name : List.of("elicitation", "sampling", "roots")) {
      if (request.params().path("capabilities").path(name).isObject()) {
        capabilities.set(name, request.params().path("capabilities").path(name));
      }
    }
    client = RpcJson.child(request.params(), "clientInfo");
    RpcMessage discover = RpcMessage.request("steward-0", "server/discover", RpcJson.object());
    ObjectNode said;
    try (Answers answers = send(discover, List.of(), call)) {
      said = Responses.result(answers, _ -> {});
    }
    ObjectNode result = RpcJson.object();
    String version = request.param("protocolVersion");
    result.put("protocolVersion", Era.legacy(version) ? version : Era.LEGACY_NEWEST);
    ObjectNode can = result.putObject("capabilities");
    for (String name : List.of("tools", "resources", "prompts", "completions")) {
      if (said.path("capabilities").has(name)) {
        can.putObject(name);
      }
    }
    ObjectNode info = RpcJson.child(said.path("_meta"), Meta.SERVER_INFO);
    result.set(
        "serverInfo",
        info.isEmpty() ? RpcJson.object().put("name", "server").put("version", "") : info);
    if (said.path("instructions").isString()) {
      result.set("instructions", said.path("instructions"));
    }
    return new RpcMessage(RpcMessage.result(request.id(), result));
  }

  /// Sends a request with the metadata that a modern one has.
  Answers send(RpcMessage request, List<Header> headers, Cuttable call) throws ToolServerException {
    RpcMessage sent = request.withMeta(Meta.PROTOCOL_VERSION, Era.MODERN_VERSIONS.getFirst());
    ObjectNode meta = sent.meta();
    meta.set(Meta.CLIENT_CAPABILITIES, capabilities);
    if (!client.isEmpty()) {
      meta.set(Meta.CLIENT_INFO, client);
    }
    return modern.ask(sent, headers, call);
  }

  /// Begins to wait for the answer to a question, and gives its id.
  String question(BlockingQueue<RpcMessage> answer) {
    String id = "steward-ask-" + ids.incrementAndGet();
    asked.put(id, answer);
    return id;
  }

  void forget(String question) {
    asked.remove(question);
  }

  static BlockingQueue<RpcMessage> oneAnswer() {
    return new ArrayBlockingQueue<>(1);
  }

  @Override
  public void tell(RpcMessage message, Cuttable call) {
    if (message.kind() == RpcMessage.Kind.RESPONSE) {
      BlockingQueue<RpcMessage> waiting = asked.remove(message.id().asString(""));
      if (waiting != null && !waiting.offer(message)) {
        throw new IllegalStateException("a question was answered twice");
      }
    }
    // A modern server is told nothing else; a call that is cancelled is closed.
  }

  @Override
  public Optional<Answers> listen(Cuttable call) {
    return Optional.empty();
  }

  @Override
  public boolean lost() {
    return false;
  }

  @Override
  public void close() {
    modern.close();
  }
}
