// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.diary;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A line of a diary that is a JSON array of texts.
public final class DiaryLine {
  private static final JsonMapper JSON = JsonMapper.shared();

  private DiaryLine() {}

  public static String of(List<String> fields) {
    return JSON.writeValueAsString(fields);
  }

  /// What the fields of a line say, empty for one that was cut off, has another number of them, or
  /// is another version's.
  public static <T> Optional<T> read(String line, int count, Function<List<String>, T> form) {
    try {
      return fields(line).filter(fields -> fields.size() == count).map(form);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /// The fields of a line, empty for one that was cut off.
  public static Optional<List<String>> fields(String line) {
    try {
      JsonNode read = JSON.readTree(line);
      if (!read.isArray()) {
        return Optional.empty();
      }
      List<String> fields = new ArrayList<>(read.size());
      read.forEach(field -> fields.add(field.asString("")));
      return Optional.of(fields);
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }
}
