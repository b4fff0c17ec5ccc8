// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

import java.util.Map;
import java.util.Optional;

/// The place that a client calls.
///
/// @param model the model that the path names, still encoded, "" where the body names it
public record Endpoint(Operation operation, String model) {
  private static final String GEMINI = "/v1beta/models/";
  private static final String VERTEX_MODELS = "/publishers/google/models/";
  private static final String BEDROCK = "/model/";
  private static final Map<String, Operation> GEMINI_VERBS =
      Map.of(
          ":generateContent",
          Operation.GENERATE,
          ":streamGenerateContent",
          Operation.STREAM_GENERATE,
          ":countTokens",
          Operation.GEMINI_COUNT_TOKENS,
          ":embedContent",
          Operation.GEMINI_EMBED,
          ":batchEmbedContents",
          Operation.GEMINI_EMBED);
  private static final Map<String, Operation> BEDROCK_VERBS =
      Map.of(
          "/converse",
          Operation.CONVERSE,
          "/converse-stream",
          Operation.CONVERSE_STREAM,
          "/invoke",
          Operation.INVOKE,
          "/invoke-with-response-stream",
          Operation.INVOKE_STREAM,
          "/count-tokens",
          Operation.BEDROCK_COUNT_TOKENS);

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
      case "/v1beta/interactions" -> plain(Operation.INTERACTIONS);
      default -> inPath(path);
    };
  }

  private static Optional<Endpoint> plain(Operation operation) {
    return Optional.of(new Endpoint(operation, ""));
  }

  private static Optional<Endpoint> inPath(String path) {
    if (path.startsWith(GEMINI)) {
      return named(path, GEMINI.length(), GEMINI_VERBS, ':');
    }
    if (path.startsWith(BEDROCK)) {
      return named(path, BEDROCK.length(), BEDROCK_VERBS, '/');
    }
    int models = path.indexOf(VERTEX_MODELS);
    boolean vertex = path.startsWith("/v1/projects/") || path.startsWith("/v1beta1/projects/");
    return vertex && models > 0
        ? named(path, models + VERTEX_MODELS.length(), GEMINI_VERBS, ':')
        : Optional.empty();
  }

  /// The model stands between the place and the verb, which is last.
  private static Optional<Endpoint> named(
      String path, int from, Map<String, Operation> verbs, char mark) {
    int verb = path.lastIndexOf(mark);
    if (verb <= from) {
      return Optional.empty();
    }
    return Optional.ofNullable(verbs.get(path.substring(verb)))
        .map(operation -> new Endpoint(operation, path.substring(from, verb)));
  }
}
