// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a route answers.
public sealed interface Reply {

  /// An answer that is at hand as a whole.
  ///
  /// @param headers beside those that the frame adds
  record Whole(int status, String contentType, byte[] bytes, Map<String, String> headers)
      implements Reply {
    public Whole with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Whole(status, contentType, bytes, more);
    }
  }

  /// An answer that is written bit by bit.
  record Streamed(String contentType, Map<String, String> headers, Writing writing)
      implements Reply {}

  /// An answer whose maker writes all of it, status and headers too.
  record Written(Answering answering) implements Reply {}

  /// Writes a whole answer to the connection.
  @FunctionalInterface
  interface Answering {
    void to(ServerResponse response) throws IOException;
  }

  /// Writes a streamed answer; the frame closes the stream. A reader that has gone shows as an
  /// exception of a write.
  @FunctionalInterface
  interface Writing {
    void to(OutputStream out) throws IOException, InterruptedException;
  }

  static Whole json(Object value) {
    return json(200, value);
  }

  static Whole json(int status, Object value) {
    return new Whole(status, "application/json", Json.bytes(value), Map.of());
  }

  static Whole text(String text) {
    return new Whole(200, "text/plain; charset=utf-8", Json.utf8(text), Map.of());
  }

  static Whole bytes(String contentType, byte[] bytes) {
    return new Whole(200, contentType, bytes, Map.of());
  }

  static Whole html(int status, String page) {
    return new Whole(status, "text/html; charset=utf-8", Json.utf8(page), Map.of());
  }

  /// 204.
  static Whole nothing() {
    return new Whole(204, "", new byte[0], Map.of());
  }

  /// 303.
  static Whole seeOther(String location) {
    return new Whole(303, "", new byte[0], Map.of("Location", location));
  }
}
