// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.web;

import java.util.HashMap;
import java.util.Map;

/// What the console answers.
public sealed interface PageResponse {

  /// A page, or its main part; errors are pages too, with their own status.
  ///
  /// @param headers to be sent beside the server's own; the server adds Content-Type (text/html,
  ///   UTF-8), `Cache-Control: no-store`, `Vary: HX-Request` and the Content-Security-Policy of
  ///   `Console.CONTENT_SECURITY_POLICY`
  record Html(int status, String body, Map<String, String> headers) implements PageResponse {
    public Html(int status, String body) {
      this(status, body, Map.of());
    }

    /// The same with one more header.
    public Html with(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new Html(status, body, Map.copyOf(more));
    }
  }

  /// See other: 303 with a Location on this server.
  record Redirect(String location) implements PageResponse {}

  /// Data that a page asks for, or that is to be saved.
  ///
  /// @param fileName "" when it is not to be saved
  record Data(String contentType, String fileName, byte[] bytes) implements PageResponse {}
}
