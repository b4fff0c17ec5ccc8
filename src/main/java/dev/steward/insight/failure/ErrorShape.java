// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.failure;

import com.google.re2j.Pattern;
import dev.steward.insight.dialogue.MessageText;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Tells results of tools that say an error from others, by their form.
public final class ErrorShape {
  /// An error says so at its beginning.
  private static final int READ_MAX = 4_096;

  private static final int SHOWN_MAX = 200;
  private static final int DEPTH_MAX = 3;

  private static final Set<String> ERRORS =
      Set.of("error", "exception", "error_message", "errorMessage");
  private static final Set<String> REASONS =
      Set.of("message", "error", "detail", "details", "reason", "title", "error_code", "errorCode");
  private static final Set<String> FAILED = Set.of("error", "failed", "failure", "fail");
  private static final Set<String> NOTHING =
      Set.of("", "none", "null", "false", "0", "no", "ok", "no error");

  private static final Pattern TEXT =
      Pattern.compile(
          "^(?:(?:\\w+ )?(?:error|exception|fatal|failure)\\b\\s*[:\\-!(\\[].*|error"
              + " (?:while|when|in|executing|calling|occurred)\\b.*|traceback \\(most recent call"
              + " last\\).*|(?:[\\w$]+\\.)*[\\w$]*(?:exception|error)(?::\\s|\\s+at ).*|failed to"
              + " \\w.*|(?:http(?:/\\d(?:\\.\\d)?)?\\s+|status(?:"
              + " code)?:?\\s*)[45]\\d\\d\\b.*|[45]\\d\\d (?:bad request|unauthorized|forbidden|not"
              + " found|method not allowed|conflict|too many requests|internal server error|bad"
              + " gateway|service unavailable|gateway timeout).*|(?:<!doctype"
              + " html>\\s*)?<html[^>]*>.{0,200}?<title>\\s*[45]\\d\\d\\b.*)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern TRACE =
      Pattern.compile(
          "(?m)^Traceback \\(most recent call last\\):|^\\s+at [\\w$.]+\\([\\w.]+:\\d+\\)");

  private ErrorShape() {}

  /// The first words of the error that a result says, empty where it says none.
  ///
  /// @param result JSON
  public static Optional<String> of(String result) {
    return result.isEmpty() ? Optional.empty() : of(MessageText.tree(result), 0);
  }

  private static Optional<String> of(JsonNode node, int depth) {
    if (depth > DEPTH_MAX) {
      return Optional.empty();
    }
    if (node.isString()) {
      return text(node.stringValue());
    }
    if (node.isArray() && node.size() == 1) {
      return of(node.get(0), depth + 1);
    }
    return node.isObject() ? object(node, depth) : Optional.empty();
  }

  private static Optional<String> text(String whole) {
    String text = whole.substring(0, Math.min(whole.length(), READ_MAX)).strip();
    return TEXT.matches(text) || TRACE.matcher(text).find()
        ? Optional.of(shown(text))
        : Optional.empty();
  }

  private static Optional<String> object(JsonNode node, int depth) {
    if (node.path("isError").asBoolean(false) || node.path("is_error").asBoolean(false)) {
      return Optional.of(shown(MessageText.flat(node.path("content").toString())));
    }
    if (wellBySelf(node)) {
      return Optional.empty();
    }
    for (String name : ERRORS) {
      if (says(node.path(name))) {
        return Optional.of(shown(name + ": " + words(node.path(name))));
      }
    }
    JsonNode errors = node.path("errors");
    if (errors.isArray() && !errors.isEmpty() && !says(node.path("data"))) {
      return Optional.of(shown("errors: " + words(errors)));
    }
    if (refusing(node) || failingStatus(node)) {
      return Optional.of(shown(words(node)));
    }
    JsonNode content = node.path("content");
    if (content.isArray() && content.size() == 1) {
      return of(content.get(0), depth + 1);
    }
    return node.path("type").asString("").equals("text")
        ? text(node.path("text").asString(""))
        : Optional.empty();
  }

  /// Where it says in so many words that all is well.
  private static boolean wellBySelf(JsonNode node) {
    String status = node.path("status").asString("").toLowerCase(Locale.ROOT);
    return node.path("success").asBoolean(false)
        || node.path("ok").asBoolean(false)
        || status.equals("ok")
        || status.equals("success");
  }

  private static boolean refusing(JsonNode node) {
    JsonNode success = node.path("success");
    JsonNode ok = node.path("ok");
    return (success.isBoolean() && !success.booleanValue())
        || (ok.isBoolean() && !ok.booleanValue() && reasoned(node));
  }

  private static boolean failingStatus(JsonNode node) {
    if (!reasoned(node)) {
      return false;
    }
    for (String name : new String[] {"status", "statusCode", "status_code", "code"}) {
      JsonNode status = node.path(name);
      boolean failed =
          status.isString() && FAILED.contains(status.stringValue().toLowerCase(Locale.ROOT));
      int number = status.isIntegralNumber() ? status.asInt(0) : 0;
      if (failed || (number >= 400 && number < 600)) {
        return true;
      }
    }
    return false;
  }

  private static boolean reasoned(JsonNode node) {
    return REASONS.stream().anyMatch(name -> says(node.path(name)));
  }

  private static boolean says(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> !NOTHING.contains(node.stringValue().strip().toLowerCase(Locale.ROOT));
      case OBJECT, ARRAY -> !node.isEmpty();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> node.asDouble(0) != 0;
      case BINARY, MISSING, NULL, POJO -> false;
    };
  }

  private static String words(JsonNode node) {
    return node.isString() ? node.stringValue() : node.toString();
  }

  private static String shown(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= SHOWN_MAX ? line : line.substring(0, SHOWN_MAX - 1) + "…";
  }
}
