// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.a2a;

import dev.steward.control.json.CanonicalJson;
import dev.steward.gateway.wire.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How the protocol lies on HTTP.
enum Binding {
  JSONRPC("JSONRPC"),
  REST("HTTP+JSON");

  private static final String INFO = "type.googleapis.com/google.rpc.ErrorInfo";

  private final String word;

  Binding(String word) {
    this.word = word;
  }

  /// Its name in agent cards.
  String word() {
    return word;
  }

  /// Status of HTTP under which an error is said.
  int status(A2aError error) {
    return this == JSONRPC ? error.rpcStatus() : error.status();
  }

  /// @param id of the request, of JSON-RPC alone
  byte[] body(A2aError error, JsonNode id) {
    return CanonicalJson.bytes(tree(error, id));
  }

  List<Header> headers() {
    return List.of(
        new Header("Content-Type", this == JSONRPC ? "application/json" : "application/a2a+json"));
  }

  /// The error as the last event of a stream.
  byte[] event(A2aError error, JsonNode id) {
    return ("data: " + CanonicalJson.text(tree(error, id)) + "\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /// A result in the form of the binding.
  ObjectNode result(ObjectNode result, JsonNode id) {
    if (this == REST) {
      return result;
    }
    ObjectNode tree = CanonicalJson.object();
    tree.put("jsonrpc", "2.0");
    tree.set("id", id);
    tree.set("result", result);
    return tree;
  }

  private ObjectNode tree(A2aError error, JsonNode id) {
    ObjectNode tree = CanonicalJson.object();
    if (this == JSONRPC) {
      tree.put("jsonrpc", "2.0");
      tree.set("id", id);
      ObjectNode said = tree.putObject("error");
      said.put("code", error.code()).put("message", error.message());
      info(error, said.putArray("data"));
    } else {
      ObjectNode said = tree.putObject("error");
      said.put("code", error.status()).put("status", error.word());
      said.put("message", error.message());
      info(error, said.putArray("details"));
    }
    return tree;
  }

  private static void info(A2aError error, ArrayNode details) {
    ObjectNode info = details.addObject();
    info.put("@type", INFO).put("reason", error.reason());
    info.put("domain", "a2a-protocol.org");
    info.putObject("metadata");
  }
}
