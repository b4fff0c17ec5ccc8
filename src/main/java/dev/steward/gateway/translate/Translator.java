// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import java.time.InstantSource;
import tools.jackson.databind.node.ObjectNode;

/// Puts requests into the dialect of another provider. Pure: it sends nothing, and what it refuses
/// has cost nothing.
public final class Translator {
  private final InstantSource clock;

  public Translator(InstantSource clock) {
    this.clock = clock;
  }

  /// An OpenAI chat completion for a provider that speaks Anthropic messages.
  public Translation chatToMessages(byte[] body, Target target) {
    try {
      ChatRequest chat = new ChatRequest(Fields.of(body), target);
      ObjectNode request = chat.translated();
      Answers answers = new ChatAnswers(clock.instant().getEpochSecond(), chat.usageAsked());
      return new Translation.Translated(bytes(request), "/v1/messages", answers);
    } catch (Fields.Unfit e) {
      return e.untranslatable();
    }
  }

  /// An Anthropic message request for a provider that speaks OpenAI chat completions.
  public Translation messagesToChat(byte[] body, Target target) {
    try {
      ObjectNode request = new MessagesRequest(Fields.of(body), target).translated();
      return new Translation.Translated(
          bytes(request), "/v1/chat/completions", new MessagesAnswers());
    } catch (Fields.Unfit e) {
      return e.untranslatable();
    }
  }

  private static byte[] bytes(ObjectNode request) {
    return Fields.JSON.writeValueAsBytes(request);
  }
}
