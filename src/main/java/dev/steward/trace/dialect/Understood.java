// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

import dev.steward.domain.SpanKind;
import dev.steward.trace.dialect.ContentSource.Slot;
import dev.steward.trace.otlp.Json;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One span seen through the row of its dialect.
public final class Understood {

  /// What the table looks at to understand a span.
  ///
  /// @param name of the span
  /// @param scope name of the instrumentation scope
  public record Subject(String name, String scope, Attributes attributes, Attributes resource) {}

  private final DialectTable table;
  private final DialectTable.Merged merged;
  private final Subject subject;
  private final KindRule.Ruling ruling;

  Understood(
      DialectTable table, DialectTable.Merged merged, Subject subject, KindRule.Ruling ruling) {
    this.table = table;
    this.merged = merged;
    this.subject = subject;
    this.ruling = ruling;
  }

  /// The row that understood it and the table's version, such as `openinference@1`.
  public String dialect() {
    return merged.name();
  }

  public SpanKind kind() {
    return ruling.kind();
  }

  /// Whether the span's usage repeats that of spans below it, so that it has no cost of its own.
  public boolean repeats() {
    return ruling.repeats();
  }

  public Subject subject() {
    return subject;
  }

  /// The field's value as it came, null when the sender does not say.
  public @Nullable JsonNode find(Field field) {
    for (Source source : merged.fields(field)) {
      JsonNode found = source.find(subject, ruling.kind(), table.providers());
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  public @Nullable String text(Field field) {
    for (Source source : merged.fields(field)) {
      String text = Values.text(source.find(subject, ruling.kind(), table.providers()));
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  public @Nullable Long count(Field field) {
    for (Source source : merged.fields(field)) {
      Long count = Values.count(source.find(subject, ruling.kind(), table.providers()));
      if (count != null) {
        return count;
      }
    }
    return null;
  }

  public @Nullable BigDecimal decimal(Field field) {
    for (Source source : merged.fields(field)) {
      BigDecimal number = Values.decimal(source.find(subject, ruling.kind(), table.providers()));
      if (number != null) {
        return number;
      }
    }
    return null;
  }

  public List<String> texts(Field field) {
    JsonNode found = find(field);
    JsonNode read = found != null && found.isString() ? Json.read(found.stringValue()) : null;
    return Values.texts(read == null ? found : read);
  }

  public List<ContentSource> sources(Slot slot) {
    return merged.contents(slot);
  }

  /// Temperature, limits and the like as one JSON object, "{}" when none.
  public String parameters() {
    return table.parameters().read(subject.attributes());
  }
}
