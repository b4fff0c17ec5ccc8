// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.forwarding;

import dev.steward.gateway.declared.Parameters;
import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.translate.Answers;
import dev.steward.gateway.translate.Target;
import dev.steward.gateway.translate.Translation;
import dev.steward.gateway.translate.Translator;
import dev.steward.gateway.wire.Dialect;
import dev.steward.gateway.wire.JsonBody;
import dev.steward.gateway.wire.Operation;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// What one provider gets, and how its answer becomes the client's.
///
/// @param operation in the provider's dialect
/// @param filter holds back what of the answer only the gateway asked for
/// @param answers turns the answer into the client's dialect, empty where both speak the same
record Outgoing(Operation operation, byte[] body, Relay.Filter filter, Optional<Answers> answers) {
  private static final int OUTPUT_TOKENS_MAX = 8192;

  /// @throws RefusedException MALFORMED where the provider's dialect cannot say what was asked
  static Outgoing of(Call call, ModelChoice choice, Translator translator) {
    Operation operation = call.endpoint().operation();
    Dialect other = Dialect.of(choice.provider().dialect()).orElse(operation.dialect());
    JsonBody body = body(call, choice);
    Map<String, String> changed = new LinkedHashMap<>();
    call.maxOutput().ifPresent(max -> changed.putAll(MaxOutput.of(operation, body, max)));
    if (other != operation.dialect()) {
      return translated(call, choice, changed.isEmpty() ? body : body.with(changed), translator);
    }
    if (call.endpoint().model().isEmpty() && !call.asked().model().equals(choice.model())) {
      changed.put("model", JsonMapper.shared().writeValueAsString(choice.model()));
    }
    boolean usage =
        operation == Operation.CHAT && call.asked().streams() && !call.asked().wantsUsage();
    if (usage) {
      changed.put("stream_options", UsageChunk.options(body));
    }
    return new Outgoing(
        operation,
        changed.isEmpty() ? body.bytes() : body.bytesWith(changed),
        usage ? UsageChunk::without : Relay.Filter.NONE,
        Optional.empty());
  }

  /// What was asked, for a fallback with what the version enforces of it.
  private static JsonBody body(Call call, ModelChoice choice) {
    JsonBody body = call.asked().body();
    if (choice.equals(call.chain().getFirst())) {
      return body;
    }
    Map<String, String> placed =
        Parameters.ofFallback(call.caller().version(), choice.use(), call.asked());
    return placed.isEmpty() ? body : body.with(placed);
  }

  private static Outgoing translated(
      Call call, ModelChoice choice, JsonBody body, Translator translator) {
    Operation from = call.endpoint().operation();
    Operation to =
        switch (from) {
          case CHAT -> Operation.MESSAGES;
          case MESSAGES -> Operation.CHAT;
          default -> throw cannot(call, choice, "only chat completions and messages can be.");
        };
    if (!choice.provider().dialect().equals(to.dialect().word())) {
      throw cannot(call, choice, "only OpenAI chat and Anthropic messages can be.");
    }
    Target target = new Target(choice.model(), OUTPUT_TOKENS_MAX);
    Translation translation =
        to == Operation.MESSAGES
            ? translator.chatToMessages(body.bytes(), target)
            : translator.messagesToChat(body.bytes(), target);
    return switch (translation) {
      case Translation.Translated done ->
          new Outgoing(to, done.request(), Relay.Filter.NONE, Optional.of(done.answers()));
      case Translation.Untranslatable(String field, String reason) ->
          throw cannot(call, choice, (field.isEmpty() ? "" : field + ": ") + reason);
    };
  }

  private static RefusedException cannot(Call call, ModelChoice choice, String why) {
    return new RefusedException(
        Refusal.of(
            Refusal.Kind.MALFORMED,
            "The request cannot be put into the dialect of "
                + choice.provider().name()
                + " ("
                + choice.provider().dialect()
                + "), which version "
                + call.caller().version().shortName()
                + " asks for "
                + choice.use().use()
                + ": "
                + why));
  }
}
