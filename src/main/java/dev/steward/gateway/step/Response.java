// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.step;

import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.lang.System.Logger.Level;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A response, and the status of HTTP where it is the whole answer.
public record Response(int status, ObjectNode json) {
  private static final System.Logger LOG = System.getLogger(Response.class.getName());

  /// What a response is made by.
  @FunctionalInterface
  public interface Work {
    Response done() throws ToolServerException;
  }

  /// The response of the work, or what tells the client why there is none.
  public static Response after(Era era, JsonNode id, Work work) {
    try {
      return work.done();
    } catch (RpcException e) {
      // Within a session every answer to a request is a 200.
      int status = era == Era.MODERN ? e.error().status() : 200;
      return new Response(status, RpcMessage.error(id, e.error().json()));
    } catch (ToolServerException e) {
      return failed(era, id, e);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "an MCP request failed", e);
      return unreached(
          era, id, 500, "The gateway met an error it did not expect; it is in its log.");
    }
  }

  public static Response result(JsonNode id, ObjectNode result) {
    return new Response(200, RpcMessage.result(id, result));
  }

  public static Response error(JsonNode id, RpcError error) {
    return new Response(error.status(), RpcMessage.error(id, error.json()));
  }

  /// An error that a server gave, as it came.
  static Response refused(Era era, JsonNode id, ObjectNode error) {
    int status = era == Era.MODERN ? RpcError.modernStatus(error) : 200;
    return new Response(status, RpcMessage.error(id, error));
  }

  /// A response of a server, as it came.
  public static Response of(Era era, RpcMessage response) {
    JsonNode error = response.json().path("error");
    int status = era == Era.MODERN && error.isObject() ? RpcError.modernStatus(error) : 200;
    return new Response(status, response.json());
  }

  /// What a client is told that cannot have a server's answer.
  public static Response failed(Era era, JsonNode id, ToolServerException e) {
    return switch (e.reason()) {
      case Reason.Refused refused -> refused(era, id, refused.error());
      case Reason.NotSent not -> unreached(era, id, 502, not.message());
      case Reason.Unknown unknown ->
          unreached(era, id, unknown.late() ? 504 : 502, unknown.message());
    };
  }

  /// @param status in the modern era; the older one tells it by the message alone
  static Response unreached(Era era, JsonNode id, int status, String message) {
    return error(id, RpcError.of(RpcError.INTERNAL, era == Era.MODERN ? status : 200, message));
  }

  /// The result, an empty object for an error.
  public ObjectNode result() {
    return RpcJson.child(json, "result");
  }
}
