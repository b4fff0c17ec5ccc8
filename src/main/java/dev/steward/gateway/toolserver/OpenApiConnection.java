// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.Single;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.openapi.Operation;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.Meta;
import dev.steward.gateway.rpc.Results;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Header;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A REST API as a server of tools, in either era.
final class OpenApiConnection implements ToolConnection {
  private final ToolServer server;
  private final OpenApiTools documents;
  private final HttpLink link;
  private final Era era;

  OpenApiConnection(ToolServer server, OpenApiTools documents, HttpLink link, Era era) {
    this.server = server;
    this.documents = documents;
    this.link = link;
    this.era = era;
  }

  @Override
  public Answers ask(RpcMessage request, List<Header> headers, Cuttable call)
      throws ToolServerException {
    ObjectNode result =
        switch (request.method()) {
          case "initialize" -> welcome(request);
          case "server/discover" -> discovered();
          case "ping" -> RpcJson.object();
          case "tools/list" -> list(call);
          case "tools/call" -> called(request, call);
          default -> throw refused(RpcError.noSuchMethod(era, request.method()));
        };
    return new Single(new RpcMessage(RpcMessage.result(request.id(), result)));
  }

  private ObjectNode info() {
    return RpcJson.object().put("name", server.name()).put("version", "1");
  }

  private ObjectNode welcome(RpcMessage request) {
    String asked = request.param("protocolVersion");
    ObjectNode result = RpcJson.object();
    result.put("protocolVersion", Era.legacy(asked) ? asked : Era.LEGACY_NEWEST);
    result.putObject("capabilities").putObject("tools");
    result.set("serverInfo", info());
    return result;
  }

  private ObjectNode discovered() {
    ObjectNode result = RpcJson.object();
    result.set("supportedVersions", RpcJson.array(Era.MODERN_VERSIONS));
    result.putObject("capabilities").putObject("tools");
    result.putObject("_meta").set(Meta.SERVER_INFO, info());
    return Results.cacheable(era, result);
  }

  private ObjectNode list(Cuttable call) throws ToolServerException {
    ObjectNode result = RpcJson.object();
    ArrayNode tools = result.putArray("tools");
    for (Operation each : new TreeMap<>(documents.of(server, call)).values()) {
      tools.add(each.definition().deepCopy());
    }
    return Results.cacheable(era, result);
  }

  private ObjectNode called(RpcMessage request, Cuttable call) throws ToolServerException {
    Map<String, Operation> operations = documents.of(server, call);
    Operation operation = operations.get(request.param("name"));
    if (operation == null) {
      throw refused(RpcError.invalidParams("Unknown tool: " + request.param("name")));
    }
    Operation.Sent sent;
    try {
      sent = operation.request(RpcJson.child(request.params(), "arguments"));
    } catch (IllegalArgumentException e) {
      return Results.told(era, String.valueOf(e.getMessage()));
    }
    try (HttpLink.Begun begun = link.operation(operation, sent, call)) {
      return read(begun, call);
    }
  }

  private ObjectNode read(HttpLink.Begun begun, Cuttable call) throws ToolServerException {
    try {
      String text = call.waiting(() -> OpenApiTools.text(begun.body()));
      begun.visit().answered();
      return result(begun.answer().status(), text);
    } catch (Patience.LateException e) {
      ToolServerException late = link.late("went silent in the middle of an answer: ", e);
      begun.visit().failed(String.valueOf(late.getMessage()));
      throw late;
    } catch (IOException e) {
      begun.visit().failed(link.brokeOff(e));
      throw new ToolServerException(new Reason.Unknown(link.brokeOff(e), false), e);
    }
  }

  private ObjectNode result(int status, String text) {
    if (status < 200 || status > 299) {
      return Results.told(era, "The API answered " + status + (text.isEmpty() ? "." : ": " + text));
    }
    ObjectNode result = RpcJson.object();
    result.putArray("content").addObject().put("type", "text").put("text", text);
    try {
      JsonNode read = RpcJson.read(text);
      if (read.isObject()) {
        result.set("structuredContent", read);
      } else if (!read.isMissingNode()) {
        result.putObject("structuredContent").set("result", read);
      }
    } catch (JacksonException _) {
      // It is a text and stays one.
    }
    return Results.whole(era, result);
  }

  private static ToolServerException refused(RpcError error) {
    return new ToolServerException(new Reason.Refused(error.json(), error.message()));
  }

  @Override
  public void tell(RpcMessage message, Cuttable call) {
    // An API is told nothing but by its operations.
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
    // there is no session
  }
}
