// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.reading;

import dev.steward.gateway.framing.EventFrame;
import dev.steward.gateway.framing.Framing;
import dev.steward.gateway.framing.SseEvent;
import dev.steward.gateway.part.Json;
import dev.steward.gateway.wire.Operation;
import dev.steward.trace.price.ProviderUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads what a provider answered, whole or as a stream; a stream is first folded into the whole
/// answer that it tells bit by bit.
public final class AnswerReader {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String DONE = "[DONE]";

  /// Of a larger body only its small members are read: who answered, and what it used.
  private static final int BODY_BYTES_MAX = 16 << 20;

  private static final int MEMBER_BYTES_MAX = 64 << 10;

  private AnswerReader() {}

  /// @param bytes as the provider sent them; a stream may be cut anywhere
  public static Answered read(Operation operation, Framing framing, byte[] bytes) {
    return switch (framing) {
      case SSE -> ofEvents(operation, bytes);
      case EVENT_STREAM ->
          operation == Operation.INVOKE_STREAM
              ? ofInvoked(EventFrame.read(bytes))
              : ofFrames(EventFrame.read(bytes));
      case WHOLE -> ofBody(operation, bytes);
    };
  }

  private static Answered ofEvents(Operation operation, byte[] bytes) {
    Fold fold = Fold.of(operation);
    boolean[] done = {false};
    SseEvent.each(
        bytes,
        event -> {
          done[0] |= event.data().equals(DONE);
          parsed(event.data()).ifPresent(fold::add);
        });
    return whole(operation, fold.body(), done[0] || fold.ended(), fold.error());
  }

  private static Answered ofFrames(List<EventFrame> frames) {
    BedrockFold fold = new BedrockFold();
    for (EventFrame frame : frames) {
      JsonNode payload = parsed(frame.payload()).orElse(MissingNode.getInstance());
      fold.add(frame.headers(), payload);
    }
    return whole(Operation.CONVERSE_STREAM, fold.body(), fold.ended(), fold.error());
  }

  private static Answered ofInvoked(List<EventFrame> frames) {
    InvokeFold fold = new InvokeFold();
    for (EventFrame frame : frames) {
      JsonNode payload = parsed(frame.payload()).orElse(MissingNode.getInstance());
      if (frame.headers().getOrDefault(":message-type", "event").equals("exception")) {
        fold.failed(frame.headers(), payload);
      } else {
        parsed(InvokeFold.bytes(payload)).ifPresent(fold::add);
      }
    }
    JsonNode body = fold.body();
    return whole(InvokedBody.form(body), body, fold.ended(), fold.error());
  }

  private static Answered ofBody(Operation operation, byte[] bytes) {
    JsonNode body = parsed(readable(bytes)).orElse(MissingNode.getInstance());
    if (body.isArray() && operation == Operation.STREAM_GENERATE) {
      Fold fold = Fold.of(operation);
      body.forEach(fold::add);
      return whole(operation, fold.body(), fold.ended(), fold.error());
    }
    if (!body.isObject()) {
      return Answered.NOTHING;
    }
    return switch (operation) {
      case INVOKE, INVOKE_STREAM -> {
        JsonNode known = InvokedBody.known(body);
        yield whole(InvokedBody.form(known), known, true, null);
      }
      case INTERACTIONS -> whole(operation, InteractionFold.known(body), true, null);
      default -> whole(operation, body, true, null);
    };
  }

  private static byte[] readable(byte[] bytes) {
    if (bytes.length <= BODY_BYTES_MAX) {
      return bytes;
    }
    Json root = Json.read(bytes).orElse(null);
    if (root == null || !root.isObject()) {
      return new byte[0];
    }
    root.removeLarger(MEMBER_BYTES_MAX);
    return root.bytes();
  }

  private static Answered whole(
      Operation operation, JsonNode body, boolean ended, @Nullable String streamError) {
    String error = streamError == null ? error(operation, body) : streamError;
    return new Answered(
        text(body, "model", "modelVersion"),
        text(body, "system_fingerprint"),
        text(body, "id", "responseId"),
        finishReasons(operation, body),
        ProviderUsage.read(operation.usage(), body).orElse(null),
        ProviderUsage.reportedCost(body).orElse(null),
        messages(operation, body),
        error,
        ended);
  }

  private static List<String> finishReasons(Operation operation, JsonNode body) {
    List<String> reasons = new ArrayList<>();
    switch (operation.dialect()) {
      case OPENAI -> {
        body.path("choices").forEach(c -> add(reasons, c.path("finish_reason")));
        if (operation == Operation.RESPONSES) {
          JsonNode incomplete = body.path("incomplete_details").path("reason");
          add(reasons, incomplete.isString() ? incomplete : body.path("status"));
        }
      }
      case ANTHROPIC -> add(reasons, body.path("stop_reason"));
      case GEMINI -> body.path("candidates").forEach(c -> add(reasons, c.path("finishReason")));
      case BEDROCK -> add(reasons, body.path("stopReason"));
    }
    return reasons;
  }

  private static void add(List<String> reasons, JsonNode reason) {
    if (reason.isString()) {
      reasons.add(reason.stringValue());
    }
  }

  private static String messages(Operation operation, JsonNode body) {
    ArrayNode messages = JSON.createArrayNode();
    switch (operation.dialect()) {
      case OPENAI -> {
        for (JsonNode choice : body.path("choices")) {
          addFinished(messages, choice.path("message"), choice.path("finish_reason"));
        }
        messages.addAll(body.path("output").asArrayOpt().orElse(JSON.createArrayNode()));
      }
      case ANTHROPIC -> {
        if (body.path("content").isArray()) {
          ObjectNode message = JSON.createObjectNode().put("role", "assistant");
          message.set("content", body.path("content"));
          addFinished(messages, message, body.path("stop_reason"));
        }
      }
      case GEMINI -> {
        for (JsonNode candidate : body.path("candidates")) {
          addFinished(messages, candidate.path("content"), candidate.path("finishReason"));
        }
      }
      case BEDROCK ->
          addFinished(messages, body.path("output").path("message"), body.path("stopReason"));
    }
    return messages.isEmpty() ? "" : messages.toString();
  }

  private static void addFinished(ArrayNode messages, JsonNode message, JsonNode reason) {
    if (message instanceof ObjectNode object) {
      ObjectNode copy = object.deepCopy();
      if (reason.isString()) {
        copy.set("finish_reason", reason);
      }
      messages.add(copy);
    }
  }

  private static @Nullable String error(Operation operation, JsonNode body) {
    JsonNode error = body.path("error");
    if (error.isObject()) {
      return error.path("message").asString(error.toString());
    }
    boolean plain = operation.dialect() == dev.steward.gateway.wire.Dialect.BEDROCK;
    return plain && body.path("message").isString() ? body.path("message").stringValue() : null;
  }

  private static @Nullable String text(JsonNode body, String... names) {
    for (String name : names) {
      if (body.path(name).isString()) {
        return body.path(name).stringValue();
      }
    }
    return null;
  }

  private static Optional<JsonNode> parsed(String text) {
    if (text.isEmpty() || text.equals(DONE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JacksonException e) {
      return unreadable(e);
    }
  }

  private static Optional<JsonNode> parsed(byte[] bytes) {
    try {
      return bytes.length == 0 ? Optional.empty() : Optional.of(JSON.readTree(bytes));
    } catch (JacksonException e) {
      return unreadable(e);
    }
  }

  /// The client gets these bytes as they are; what cannot be read is simply not known here.
  private static Optional<JsonNode> unreadable(JacksonException e) {
    System.getLogger(AnswerReader.class.getName())
        .log(System.Logger.Level.DEBUG, "an answer is no JSON", e);
    return Optional.empty();
  }
}
