// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench.model;

import java.io.IOException;

/// Where model calls can be sent: to the mock itself, or to a gateway before it.
///
/// @param headers that it wants, each line with its end
public record Door(String name, int port, String headers) {
  private static final String LINE = "%s: %s\r\n";

  public Door(String name, int port) {
    this(name, port, "");
  }

  public Door with(String header, String value) {
    return new Door(name, port, headers + LINE.formatted(header, value));
  }

  /// A connection that asks this question.
  public Asker open(Question question) throws IOException {
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nContent-Type: application/json\r\nUser-Agent: bench\r\n"
            + headers
            + LINE.formatted("x-steward-run", Question.NONCE)
            + LINE.formatted("x-bench", question.way())
            + LINE.formatted("Content-Length", question.length())
            + "\r\n";
    return new Asker(this, question, head);
  }
}
