// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

import dev.steward.domain.SpanKind;
import dev.steward.trace.dialect.ContentSource.Slot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The versioned table of dialects: which attributes of a span mean what. Immutable; the data is in
/// `dialects/dialects-1.yaml` of the resources.
public final class DialectTable {
  private static final KindRule.Ruling OTHER = new KindRule.Ruling(SpanKind.OTHER, false);

  private final Parts parts;
  private final Map<String, Merged> merged = new HashMap<>();

  /// What the file holds.
  record Parts(
      int version,
      List<Dialect> dialects,
      List<KindRule> kinds,
      Map<String, String> providers,
      ParameterRules parameters,
      Answers answers,
      Map<String, EventRule> events,
      Set<String> outcomes) {}

  /// Where a provider's own answer may lie on a span, and the usage in it.
  record Answers(List<String> keys, Map<Field, List<Source>> fields) {}

  DialectTable(Parts parts) {
    this.parts = parts;
    for (Dialect dialect : parts.dialects()) {
      merged.put(dialect.name(), new Merged(dialect, parts));
    }
  }

  /// The table that comes with this build.
  public static DialectTable bundled() {
    return Bundled.TABLE;
  }

  private static final class Bundled {
    private static final DialectTable TABLE = DialectFile.read("/dialects/dialects-1.yaml");
  }

  public int version() {
    return parts.version();
  }

  public Understood understand(Understood.Subject subject) {
    Dialect dialect = recognise(subject);
    boolean known = !dialect.equals(parts.dialects().getLast());
    KindRule.Ruling ruling = OTHER;
    for (KindRule rule : parts.kinds()) {
      KindRule.Ruling ruled = rule.rule(subject, known);
      if (ruled != null) {
        ruling = ruled;
        break;
      }
    }
    Merged row = merged.get(dialect.name());
    if (row == null) {
      throw new IllegalStateException("no such row: " + dialect.name());
    }
    return new Understood(this, row, subject, ruling);
  }

  private Dialect recognise(Understood.Subject subject) {
    if (!subject.scope().isEmpty()) {
      for (Dialect dialect : parts.dialects()) {
        if (dialect.hasScope(subject.scope())) {
          return dialect;
        }
      }
    }
    for (Dialect dialect : parts.dialects()) {
      if (dialect.hasMark(subject.attributes())) {
        return dialect;
      }
    }
    return parts.dialects().getLast();
  }

  /// What an event of this name carries, null when no messages.
  public @Nullable EventRule event(String name) {
    return parts.events().get(name);
  }

  /// Whether an evaluation of this name states how a run ended.
  public boolean statesOutcome(String evaluation) {
    String plain = evaluation.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    return parts.outcomes().contains(plain);
  }

  Map<String, String> providers() {
    return parts.providers();
  }

  ParameterRules parameters() {
    return parts.parameters();
  }

  Answers answers() {
    return parts.answers();
  }

  /// A row with all other rows behind it.
  static final class Merged {
    private final String name;
    private final Map<Field, List<Source>> fields = new EnumMap<>(Field.class);
    private final Map<Slot, List<ContentSource>> contents = new EnumMap<>(Slot.class);

    private Merged(Dialect own, Parts parts) {
      name = own.name() + "@" + parts.version();
      add(own);
      parts.dialects().stream().filter(other -> !other.equals(own)).forEach(this::add);
      own.fields()
          .forEach((field, sources) ->
              sources.stream()
                  .filter(source -> !source.general())
                  .forEach(list(fields, field)::add));
    }

    private void add(Dialect dialect) {
      dialect
          .fields()
          .forEach((field, sources) ->
              sources.stream().filter(Source::general).forEach(list(fields, field)::add));
      dialect.contents().forEach((slot, sources) -> list(contents, slot).addAll(sources));
    }

    private static <K, V> List<V> list(Map<K, List<V>> map, K key) {
      return map.computeIfAbsent(key, _ -> new ArrayList<>());
    }

    String name() {
      return name;
    }

    List<Source> fields(Field field) {
      return fields.getOrDefault(field, List.of());
    }

    List<ContentSource> contents(Slot slot) {
      return contents.getOrDefault(slot, List.of());
    }
  }
}
