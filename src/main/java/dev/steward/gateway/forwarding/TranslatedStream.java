// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.forwarding;

import dev.steward.gateway.framing.SseEvent;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.translate.Answers;
import java.io.ByteArrayOutputStream;

/// A stream of one dialect that reaches the client in another.
final class TranslatedStream implements Relay.Filter {
  private final Answers.Stream stream;

  TranslatedStream(Answers answers) {
    this.stream = answers.stream();
  }

  @Override
  public byte[] pass(byte[] parts) {
    ByteArrayOutputStream passed = new ByteArrayOutputStream(parts.length);
    for (SseEvent event : SseEvent.read(parts)) {
      passed.writeBytes(
          stream.event(
              event.name(), event.data().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    return passed.toByteArray();
  }

  /// What the client is still owed at the end.
  byte[] end() {
    return stream.end();
  }

  /// What tells the client that it ended too early.
  byte[] failed(String reason) {
    return stream.failed(reason);
  }
}
