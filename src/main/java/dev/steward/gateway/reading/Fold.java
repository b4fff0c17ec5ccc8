// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.reading;

import dev.steward.gateway.wire.Operation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A stream on its way to the whole answer that it tells.
interface Fold {
  void add(JsonNode event);

  /// The answer as far as it is told, in the provider's whole form.
  JsonNode body();

  /// Whether the provider said that this is all.
  boolean ended();

  /// What an error event said, null when there was none.
  @Nullable String error();

  static Fold of(Operation operation) {
    return switch (operation) {
      case RESPONSES -> new ResponsesFold();
      case MESSAGES -> new AnthropicFold();
      case GENERATE, STREAM_GENERATE -> new GeminiFold();
      case INTERACTIONS -> new InteractionFold();
      default -> new ChatFold();
    };
  }
}
