// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

import dev.steward.gateway.framing.EventFrame;
import dev.steward.gateway.wire.Refusal.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Refusals in the words of each dialect, so that every SDK raises its own exception.
public final class Errors {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Errors() {}

  /// The body of a refusal.
  public static byte[] body(Operation operation, Refusal refusal) {
    return JSON.writeValueAsBytes(tree(operation, refusal));
  }

  /// Headers of a refusal, its content type among them.
  public static List<Header> headers(Operation operation, Refusal refusal) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", "application/json"));
    headers.add(new Header("x-should-retry", Boolean.toString(refusal.kind().retry())));
    if (refusal.kind().retry()) {
      headers.add(new Header("Retry-After", "1"));
    }
    if (operation.dialect() == Dialect.BEDROCK) {
      headers.add(new Header("x-amzn-ErrorType", bedrock(refusal.kind())));
    }
    return headers;
  }

  /// What ends a stream that was already being answered: the dialect's own error event.
  public static byte[] event(Operation operation, boolean sse, Refusal refusal) {
    ObjectNode tree = tree(operation, refusal);
    return switch (operation) {
      case RESPONSES -> {
        ObjectNode error = JSON.createObjectNode();
        error.put("type", "error");
        error.put("code", refusal.kind().word());
        error.put("message", refusal.message());
        error.putNull("param");
        yield sse("error", error);
      }
      case MESSAGES -> sse("error", tree);
      case CONVERSE_STREAM, INVOKE_STREAM -> exceptionFrame(refusal);
      case INTERACTIONS -> sse("error", tree.put("event_type", "error"));
      case STREAM_GENERATE -> sse ? sse("", tree) : utf8("," + tree + "]");
      default -> sse("", tree);
    };
  }

  private static byte[] sse(String name, ObjectNode data) {
    return utf8((name.isEmpty() ? "" : "event: " + name + "\n") + "data: " + data + "\n\n");
  }

  private static ObjectNode tree(Operation operation, Refusal refusal) {
    ObjectNode root = JSON.createObjectNode();
    switch (operation.dialect()) {
      case OPENAI -> {
        ObjectNode error = root.putObject("error");
        error.put("message", refusal.message());
        error.put("type", openAi(refusal.kind()));
        error.putNull("param");
        error.put("code", openAiCode(refusal.kind()));
      }
      case ANTHROPIC -> {
        root.put("type", "error");
        ObjectNode error = root.putObject("error");
        error.put("type", anthropic(refusal.kind()));
        error.put("message", refusal.message());
      }
      case GEMINI -> {
        ObjectNode error = root.putObject("error");
        error.put("code", refusal.kind().status());
        error.put("message", refusal.message());
        error.put("status", gemini(refusal.kind()));
      }
      case BEDROCK -> root.put("message", refusal.message());
    }
    return root;
  }

  private static String openAi(Kind kind) {
    return switch (kind) {
      case MALFORMED, NO_SUCH_MODEL, TOO_LARGE -> "invalid_request_error";
      case UNAUTHENTICATED -> "authentication_error";
      case DENIED, KILLED, LOOP -> "permission_error";
      case BUDGET -> "insufficient_quota";
      case BUSY -> "rate_limit_error";
      case INTERNAL, UPSTREAM_FAILED, CIRCUIT_OPEN, STOPPING, UNRECORDED, UPSTREAM_LATE ->
          "server_error";
    };
  }

  private static String openAiCode(Kind kind) {
    return switch (kind) {
      case UNAUTHENTICATED -> "invalid_api_key";
      case NO_SUCH_MODEL -> "model_not_found";
      case BUDGET -> "insufficient_quota";
      default -> kind.word().replace('-', '_');
    };
  }

  private static String anthropic(Kind kind) {
    return switch (kind) {
      case MALFORMED -> "invalid_request_error";
      case UNAUTHENTICATED -> "authentication_error";
      case DENIED, KILLED, LOOP -> "permission_error";
      case NO_SUCH_MODEL -> "not_found_error";
      case TOO_LARGE -> "request_too_large";
      case BUDGET, BUSY -> "rate_limit_error";
      case INTERNAL, UPSTREAM_FAILED -> "api_error";
      case CIRCUIT_OPEN, STOPPING, UNRECORDED -> "overloaded_error";
      case UPSTREAM_LATE -> "timeout_error";
    };
  }

  private static String gemini(Kind kind) {
    return switch (kind) {
      case MALFORMED, TOO_LARGE -> "INVALID_ARGUMENT";
      case UNAUTHENTICATED -> "UNAUTHENTICATED";
      case DENIED, KILLED, LOOP -> "PERMISSION_DENIED";
      case NO_SUCH_MODEL -> "NOT_FOUND";
      case BUDGET, BUSY -> "RESOURCE_EXHAUSTED";
      case INTERNAL -> "INTERNAL";
      case UPSTREAM_FAILED, CIRCUIT_OPEN, STOPPING, UNRECORDED -> "UNAVAILABLE";
      case UPSTREAM_LATE -> "DEADLINE_EXCEEDED";
    };
  }

  private static String bedrock(Kind kind) {
    return switch (kind) {
      case MALFORMED, TOO_LARGE -> "ValidationException";
      case UNAUTHENTICATED -> "UnrecognizedClientException";
      case DENIED, KILLED, LOOP -> "AccessDeniedException";
      case NO_SUCH_MODEL -> "ResourceNotFoundException";
      case BUDGET, BUSY -> "ThrottlingException";
      case INTERNAL -> "InternalServerException";
      case UPSTREAM_FAILED, CIRCUIT_OPEN, STOPPING, UNRECORDED -> "ServiceUnavailableException";
      case UPSTREAM_LATE -> "ModelTimeoutException";
    };
  }

  private static byte[] exceptionFrame(Refusal refusal) {
    ObjectNode message = JSON.createObjectNode().put("message", refusal.message());
    return EventFrame.write(
        Map.of(
            ":message-type",
            "exception",
            ":exception-type",
            lowerFirst(bedrock(refusal.kind())),
            ":content-type",
            "application/json"),
        JSON.writeValueAsBytes(message));
  }

  private static String lowerFirst(String word) {
    return Character.toLowerCase(word.charAt(0)) + word.substring(1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
