// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.asking;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a client may answer to each question that the protocol knows: nothing else can be judged.
public enum AnswerShape {
  SAMPLING("sampling/createMessage", "a message of its model with 'model' and 'content'"),
  ELICITATION(
      "elicitation/create", "an 'action' (accept, decline or cancel), with 'content' as an object"),
  ROOTS("roots/list", "a list of 'roots'");

  private static final List<String> ACTIONS = List.of("accept", "decline", "cancel");

  private final String method;
  private final String words;

  AnswerShape(String method, String words) {
    this.method = method;
    this.words = words;
  }

  public String method() {
    return method;
  }

  /// The one to which it is an answer, empty for what answers nothing.
  public static Optional<AnswerShape> of(JsonNode answer) {
    for (AnswerShape each : values()) {
      if (each.fits(answer)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /// What is wrong with the answers that a client brings, empty where each could be one.
  ///
  /// @param responses `inputResponses`, missing where it brings none
  public static Optional<String> wrong(JsonNode responses) {
    if (!responses.isMissingNode() && !responses.isObject()) {
      return Optional.of("'inputResponses' must be an object.");
    }
    for (String name : responses.propertyNames()) {
      if (of(responses.path(name)).isEmpty()) {
        return Optional.of(
            "inputResponses."
                + shortened(name)
                + " answers no question that the protocol knows: "
                + SAMPLING.words
                + ", "
                + ELICITATION.words
                + ", or "
                + ROOTS.words
                + ".");
      }
    }
    return Optional.empty();
  }

  private boolean fits(JsonNode answer) {
    JsonNode content = answer.path("content");
    return switch (this) {
      case SAMPLING -> answer.path("model").isString() && content.isContainer();
      case ELICITATION ->
          ACTIONS.contains(answer.path("action").asString(""))
              && (content.isObject() || content.isNull() || content.isMissingNode());
      case ROOTS -> answer.path("roots").isArray();
    };
  }

  private static String shortened(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }
}
