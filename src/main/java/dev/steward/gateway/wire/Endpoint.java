// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

import java.util.Optional;

/// The place that a client calls.
///
/// @param model the model that the path names, still encoded, "" where the body names it
public record Endpoint(Operation operation, String model) {
  private static final String GEMINI = "/v1beta/models/";
  private static final String BEDROCK = "/model/";

  /// The endpoint that method and path mean, empty where there is none.
  public static Optional<Endpoint> of(Request request) {
    return request.method().equals("GET") ? listing(request) : calling(request.path());
  }

  private static Optional<Endpoint> listing(Request request) {
    boolean anthropic = request.header("anthropic-version").isPresent();
    Operation operation = anthropic ? Operation.ANTHROPIC_MODELS : Operation.OPENAI_MODELS;
    return request.path().equals("/v1/models") || request.path().startsWith("/v1/models/")
        ? Optional.of(new Endpoint(operation, ""))
        : Optional.empty();
  }

  private static Optional<Endpoint> calling(String path) {
    return switch (path) {
      case "/v1/chat/completions" -> plain(Operation.CHAT);
      case "/v1/responses" -> plain(Operation.RESPONSES);
      case "/v1/embeddings" -> plain(Operation.EMBEDDINGS);
      case "/v1/messages" -> plain(Operation.MESSAGES);
      case "/v1/messages/count_tokens" -> plain(Operation.COUNT_TOKENS);
      default -> inPath(path);
    };
  }

  private static Optional<Endpoint> plain(Operation operation) {
    return Optional.of(new Endpoint(operation, ""));
  }

  private static Optional<Endpoint> inPath(String path) {
    if (path.startsWith(GEMINI)) {
      return cut(path, GEMINI, ":generateContent", Operation.GENERATE)
          .or(() -> cut(path, GEMINI, ":streamGenerateContent", Operation.STREAM_GENERATE));
    }
    return cut(path, BEDROCK, "/converse", Operation.CONVERSE)
        .or(() -> cut(path, BEDROCK, "/converse-stream", Operation.CONVERSE_STREAM));
  }

  private static Optional<Endpoint> cut(String path, String from, String to, Operation operation) {
    boolean fits =
        path.startsWith(from) && path.endsWith(to) && path.length() > from.length() + to.length();
    return fits
        ? Optional.of(
            new Endpoint(operation, path.substring(from.length(), path.length() - to.length())))
        : Optional.empty();
  }
}
