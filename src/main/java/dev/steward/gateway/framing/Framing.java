// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.framing;

import java.util.Locale;

/// How the parts of an answer are told apart on the wire.
public enum Framing {
  /// Server-sent events, each ended by an empty line.
  SSE,
  /// `application/vnd.amazon.eventstream`.
  EVENT_STREAM,
  /// One body, or parts that only the client can tell apart.
  WHOLE;

  /// What the content type says.
  public static Framing of(String contentType) {
    String lower = contentType.toLowerCase(Locale.ROOT);
    if (lower.startsWith("text/event-stream")) {
      return SSE;
    }
    return lower.startsWith("application/vnd.amazon.eventstream") ? EVENT_STREAM : WHOLE;
  }

  /// How many of the bytes at the beginning are whole parts.
  public int whole(byte[] bytes, int length) {
    return switch (this) {
      case SSE -> SseEvent.whole(bytes, length);
      case EVENT_STREAM -> EventFrame.whole(bytes, length);
      case WHOLE -> length;
    };
  }

  /// How many parts the whole ones are; 0 where they cannot be told apart.
  public int parts(byte[] bytes, int whole) {
    if (this != SSE) {
      return 0;
    }
    int parts = 0;
    for (int i = 1; i < whole; i++) {
      if (bytes[i] == '\n'
          && (bytes[i - 1] == '\n' || (i > 1 && bytes[i - 1] == '\r' && bytes[i - 2] == '\n'))) {
        parts++;
      }
    }
    return parts;
  }
}
