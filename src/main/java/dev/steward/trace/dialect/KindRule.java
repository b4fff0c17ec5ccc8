// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

import dev.steward.domain.SpanKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One rule that says what a span is.
///
/// @param key attribute whose value decides, "" when presence decides
/// @param values kinds by value, keys in lower case
/// @param otherwise kind for any other value of the key
/// @param firstWord compare only what is before the first space
/// @param unquoted the value is a JSON string in a text
/// @param any attributes of which one must be present, empty for no condition
/// @param scope pattern of the scope's name, "" for any
/// @param knownDialect only spans that some dialect but the last has recognised
record KindRule(
    String key,
    Map<String, Ruling> values,
    @Nullable Ruling otherwise,
    boolean firstWord,
    boolean unquoted,
    List<String> any,
    String scope,
    boolean knownDialect) {

  /// What a rule says.
  ///
  /// @param repeats whether the span's usage repeats that of spans below it
  record Ruling(SpanKind kind, boolean repeats) {}

  @Nullable Ruling rule(Understood.Subject subject, boolean dialectKnown) {
    if (!key.isEmpty()) {
      return byValue(subject.attributes());
    }
    boolean applies =
        (!knownDialect || dialectKnown)
            && (scope.isEmpty() || Dialect.matches(scope, subject.scope()))
            && (any.isEmpty() || any.stream().anyMatch(subject.attributes()::has));
    return applies ? otherwise : null;
  }

  private @Nullable Ruling byValue(Attributes attributes) {
    if (!attributes.has(key)) {
      return null;
    }
    JsonNode node = unquoted ? attributes.tree(key) : attributes.plain(key);
    String value = Values.text(node);
    if (value == null) {
      return null;
    }
    String compared = value.strip().toLowerCase(Locale.ROOT);
    if (firstWord) {
      compared = compared.split(" ", 2)[0];
    }
    Ruling ruling = values.get(compared);
    return ruling == null ? otherwise : ruling;
  }
}
