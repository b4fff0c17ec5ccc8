// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drill;

import dev.steward.gateway.framing.EventFrame;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A kind of stream that a drill opens.
enum Wire {
  CHAT(
      "/v1/chat/completions",
      "{\"model\":\"chat\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"drill\"}]}",
      sse("", "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}"),
      "data: {\"error\":{"),
  RESPONSES(
      "/v1/responses",
      "{\"model\":\"chat\",\"stream\":true,\"input\":\"drill\"}",
      sse(
          "response.output_text.delta",
          "{\"type\":\"response.output_text.delta\",\"delta\":\"Hel\"}"),
      "event: error\ndata: {\"type\":\"error\""),
  MESSAGES(
      "/v1/messages",
      "{\"model\":\"messages\",\"stream\":true,\"max_tokens\":64,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"drill\"}]}",
      sse(
          "content_block_delta",
          "{\"type\":\"content_block_delta\",\"index\":0,"
              + "\"delta\":{\"type\":\"text_delta\",\"text\":\"Hel\"}}"),
      "event: error\ndata: {\"type\":\"error\""),
  GEMINI(
      "/v1beta/models/gemini:streamGenerateContent?alt=sse",
      "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"drill\"}]}]}",
      sse("", "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hel\"}]}}]}"),
      "data: {\"error\":{"),
  BEDROCK(
      "/model/converse/converse-stream",
      "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"drill\"}]}]}",
      "",
      ":exception-type");

  private static final byte[] FRAME =
      EventFrame.write(
          Map.of(":message-type", "event", ":event-type", "contentBlockDelta"),
          "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hel\"}}"
              .getBytes(StandardCharsets.UTF_8));

  private final String path;
  private final String ask;
  private final String event;
  private final String errorMark;

  Wire(String path, String ask, String event, String errorMark) {
    this.path = path;
    this.ask = ask;
    this.event = event;
    this.errorMark = errorMark;
  }

  private static String sse(String name, String data) {
    return (name.isEmpty() ? "" : "event: " + name + "\n") + "data: " + data + "\n\n";
  }

  /// The kind that is called at the path, which may be the provider's.
  static Wire at(String path) {
    if (path.endsWith("/responses")) {
      return RESPONSES;
    }
    if (path.endsWith("/messages")) {
      return MESSAGES;
    }
    if (path.endsWith(":streamGenerateContent")) {
      return GEMINI;
    }
    return path.endsWith("/converse-stream") ? BEDROCK : CHAT;
  }

  String path() {
    return path;
  }

  String ask() {
    return ask;
  }

  /// What stands in the error that ends a stream of this kind.
  String errorMark() {
    return errorMark;
  }

  String mediaType() {
    return this == BEDROCK ? "application/vnd.amazon.eventstream" : "text/event-stream";
  }

  /// What the provider sends before it falls silent.
  byte[] begin() {
    return this == BEDROCK ? FRAME.clone() : event.getBytes(StandardCharsets.UTF_8);
  }
}
