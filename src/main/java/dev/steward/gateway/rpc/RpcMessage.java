// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rpc;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One message of JSON-RPC 2.0.
public record RpcMessage(ObjectNode json) {
  private static final int METHOD_MAX = 256;

  /// What a message is.
  public enum Kind {
    REQUEST,
    NOTIFICATION,
    /// A result or an error.
    RESPONSE
  }

  /// @throws RpcException when the bytes are no single message
  public static RpcMessage read(byte[] body) {
    JsonNode read;
    try {
      read = RpcJson.read(body);
    } catch (JacksonException e) {
      throw new RpcException(
          RpcError.parse("The body is no JSON message: " + e.getOriginalMessage()), e);
    }
    return of(read);
  }

  /// @throws RpcException when the tree is no single message
  public static RpcMessage of(JsonNode read) {
    if (read.isArray()) {
      throw new RpcException(
          RpcError.invalidRequest("The body is a batch: send one message in each request."));
    }
    if (!(read instanceof ObjectNode object)) {
      throw new RpcException(RpcError.invalidRequest("The body is no JSON object."));
    }
    RpcMessage message = new RpcMessage(object);
    message.check();
    return message;
  }

  private void check() {
    if (!json.path("jsonrpc").asString("").equals("2.0")) {
      throw invalid("'jsonrpc' must be \"2.0\"");
    }
    JsonNode id = json.path("id");
    boolean named = json.has("method");
    if (named && (!json.path("method").isString() || method().length() > METHOD_MAX)) {
      throw invalid("'method' must be a text of at most " + METHOD_MAX + " characters");
    }
    boolean failure = json.has("error") && id.isNull();
    if (json.has("id") && !failure && !id.isString() && !id.isIntegralNumber()) {
      throw invalid("'id' must be a text or a whole number");
    }
    if (!named && !(json.has("id") && (json.has("result") ^ json.has("error")))) {
      throw invalid("it is no request, notification or response");
    }
    if (json.has("params") && !json.path("params").isObject()) {
      throw invalid("'params' must be an object");
    }
  }

  private static RpcException invalid(String what) {
    return new RpcException(RpcError.invalidRequest("The message is not valid: " + what + "."));
  }

  public Kind kind() {
    if (!json.has("method")) {
      return Kind.RESPONSE;
    }
    return json.has("id") ? Kind.REQUEST : Kind.NOTIFICATION;
  }

  /// The id, missing for a notification.
  public JsonNode id() {
    return json.path("id");
  }

  /// "" for a response.
  public String method() {
    return json.path("method").asString("");
  }

  /// The parameters, an empty object where there are none.
  public ObjectNode params() {
    return RpcJson.child(json, "params");
  }

  /// A text among the parameters, "" when there is none.
  public String param(String name) {
    return params().path(name).asString("");
  }

  /// The metadata of the parameters, an empty object where there are none.
  public ObjectNode meta() {
    return RpcJson.child(params(), "_meta");
  }

  /// A copy whose parameters are there and may be changed.
  public RpcMessage copy() {
    ObjectNode copy = json.deepCopy();
    if (!(copy.path("params") instanceof ObjectNode)) {
      copy.set("params", RpcJson.object());
    }
    return new RpcMessage(copy);
  }

  /// A copy whose metadata has one more member, or another value of it.
  public RpcMessage withMeta(String name, String value) {
    RpcMessage copy = copy();
    ObjectNode params = copy.params();
    ObjectNode meta = RpcJson.child(params, "_meta");
    meta.put(name, value);
    params.set("_meta", meta);
    return copy;
  }

  /// A request of our own.
  public static RpcMessage request(String id, String method, ObjectNode params) {
    ObjectNode message = RpcJson.object();
    message.put("jsonrpc", "2.0");
    message.put("id", id);
    message.put("method", method);
    message.set("params", params);
    return new RpcMessage(message);
  }

  public static RpcMessage notification(String method) {
    ObjectNode message = RpcJson.object();
    message.put("jsonrpc", "2.0");
    message.put("method", method);
    return new RpcMessage(message);
  }

  /// The response that holds a result.
  public static ObjectNode result(JsonNode id, ObjectNode result) {
    ObjectNode message = RpcJson.object();
    message.put("jsonrpc", "2.0");
    message.set("id", id);
    message.set("result", result);
    return message;
  }

  /// The response that holds an error; its id is null where the request's could not be read.
  public static ObjectNode error(JsonNode id, ObjectNode error) {
    ObjectNode message = RpcJson.object();
    message.put("jsonrpc", "2.0");
    message.set("id", id.isMissingNode() ? RpcJson.MAPPER.nullNode() : id);
    message.set("error", error);
    return message;
  }
}
