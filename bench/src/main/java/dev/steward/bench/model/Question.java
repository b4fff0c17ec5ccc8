// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench.model;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/// What a model is asked, and how the mock shall answer.
///
/// @param name for the table, such as `16k`
/// @param way the mock's `x-bench`
/// @param body JSON with [#NONCE] once, which every run replaces, so that no two are the same
public record Question(String name, String way, String body) {
  static final String NONCE = "0123456789abcdef";
  private static final int MESSAGE_BYTES = 2_000;
  private static final int BESIDE = 80;

  /// A question that is answered whole.
  ///
  /// @param bytes of its body, about
  /// @param text gives words
  public static Question json(String name, int bytes, IntFunction<String> text) {
    return new Question(name, "json", body(false, bytes, text));
  }

  /// A question that is answered whole, and no longer than it says.
  public static Question obeyed(int bytes, IntFunction<String> text) {
    return new Question("", "obey", body(false, bytes, text));
  }

  /// A question that is answered by a stream.
  public static Question stream(
      String name, int bytes, IntFunction<String> text, int events, int pauseMillis) {
    return new Question(name, "sse " + events + " " + pauseMillis, body(true, bytes, text));
  }

  /// Whether this is the whole answer, as far as can be told without reading it.
  boolean answeredBy(Heard heard) {
    boolean stream = way.startsWith("sse");
    return heard.status() == 200 && heard.bytes() > 0 && (!stream || heard.done());
  }

  private static String body(boolean stream, int bytes, IntFunction<String> text) {
    StringBuilder body = new StringBuilder(bytes + MESSAGE_BYTES);
    body.append("{\"model\":\"gpt-5\",\"stream\":").append(stream);
    body.append(",\"max_completion_tokens\":300,\"messages\":[");
    body.append("{\"role\":\"system\",\"content\":\"You answer refund requests.\"},");
    body.append("{\"role\":\"user\",\"content\":\"Request ").append(NONCE).append(": ");
    body.append(text.apply(Math.max(1, Math.min(bytes - body.length() - BESIDE, MESSAGE_BYTES))));
    body.append("\"}");
    for (int i = 0; body.length() < bytes - MESSAGE_BYTES / 2; i++) {
      body.append(",{\"role\":\"").append(i % 2 == 0 ? "assistant" : "user");
      int left = Math.min(MESSAGE_BYTES, bytes - body.length());
      body.append("\",\"content\":\"").append(text.apply(left)).append("\"}");
    }
    return body.append("]}").toString();
  }

  /// Bytes of the body.
  public int length() {
    return body.getBytes(StandardCharsets.UTF_8).length;
  }
}
