// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

import dev.steward.control.yaml.Nearest;
import java.math.BigDecimal;
import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// What is wrong with a JSON body, in the words of who wrote it: the field, what it takes, the
/// line. The library's own message names our classes.
final class JsonFlaw {
  private static final int SHOWN_MAX = 60;

  private JsonFlaw() {}

  static String of(JacksonException flaw) {
    String line =
        flaw.getLocation() == null ? "" : " (line " + flaw.getLocation().getLineNr() + ")";
    return switch (flaw) {
      case UnrecognizedPropertyException unknown -> unknown(unknown) + line + ".";
      case InvalidFormatException wrong ->
          place(wrong)
              + " is '"
              + shown(wrong.getValue())
              + "': it takes "
              + kind(wrong)
              + line
              + ".";
      case MismatchedInputException wrong ->
          place(wrong)
              + " takes "
              + kind(wrong)
              + line
              + "; something else stands there, or nothing.";
      default -> "it breaks off or is misspelt" + line + ": " + syntax(flaw);
    };
  }

  private static String unknown(UnrecognizedPropertyException flaw) {
    Collection<Object> known = flaw.getKnownPropertyIds();
    List<String> names =
        known == null ? List.of() : known.stream().map(String::valueOf).sorted().toList();
    return "the field '"
        + shown(flaw.getPropertyName())
        + "' is not known."
        + Nearest.hint(flaw.getPropertyName(), names)
        + " Known are "
        + String.join(", ", names);
  }

  private static String place(JacksonException flaw) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : flaw.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.isEmpty() ? "the body" : "the field '" + shown(path) + "'";
  }

  private static String kind(MismatchedInputException flaw) {
    Class<?> type = flaw.getTargetType();
    if (type == null) {
      return "another value";
    }
    if (type.isEnum()) {
      return "one of "
          + String.join(
              ", ",
              List.of(type.getEnumConstants()).stream()
                  .map(c -> c.toString().toLowerCase(Locale.ROOT))
                  .toList());
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "a list";
    }
    if (type.isRecord() || Map.class.isAssignableFrom(type)) {
      return "an object";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == BigDecimal.class || type == Double.class || type == double.class) {
      return "a number";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a whole number";
    }
    return Temporal.class.isAssignableFrom(type) ? "a time such as 2026-11-21T06:00:00Z" : "a text";
  }

  /// The reader's message up to where it speaks of itself.
  private static String syntax(JacksonException flaw) {
    String message = String.valueOf(flaw.getOriginalMessage());
    int inner = message.indexOf("tools.jackson");
    String said = inner < 0 ? message : message.substring(0, inner);
    return said.replaceAll("\\(?(for type )?`[^`]*`\\)?|JsonToken\\.", "").strip();
  }

  private static String shown(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
  }
}
