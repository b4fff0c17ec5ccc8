// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

import dev.steward.domain.SpanKind;
import dev.steward.trace.dialect.ContentSource.Slot;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads the table's file. A mistake in it is a programmer's error and is thrown as one.
final class DialectFile {
  private static final Set<String> SOURCE_WORDS =
      Set.of("key", "resource", "name", "path", "with", "after", "as", "kinds");

  private DialectFile() {}

  static DialectTable read(String resource) {
    try (InputStream in = DialectFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks " + resource);
      }
      return table(new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + resource, e);
    }
  }

  private static DialectTable table(JsonNode file) {
    List<Dialect> dialects = new ArrayList<>();
    for (JsonNode row : file.path("dialects")) {
      JsonNode detect = row.path("detect");
      dialects.add(
          new Dialect(
              row.path("name").asString(),
              Values.texts(detect.get("scopes")),
              Values.texts(detect.get("keys")),
              Values.texts(detect.get("prefixes")),
              fields(row.path("fields"), null),
              contents(row.path("content"))));
    }
    List<KindRule> kinds = new ArrayList<>();
    file.path("kinds").forEach(rule -> kinds.add(kindRule(rule)));
    return new DialectTable(
        new DialectTable.Parts(
            file.path("version").intValue(),
            List.copyOf(dialects),
            List.copyOf(kinds),
            providers(file.path("providers")),
            parameters(file.path("parameters")),
            new DialectTable.Answers(
                Values.texts(file.path("answers").get("keys")),
                fields(file.path("answers").path("fields"), "")),
            events(file.path("events")),
            Set.copyOf(Values.texts(file.get("outcomes")))));
  }

  private static Map<Field, List<Source>> fields(JsonNode node, @Nullable String defaultKey) {
    Map<Field, List<Source>> fields = new EnumMap<>(Field.class);
    node.properties()
        .forEach(field -> {
          List<Source> sources = new ArrayList<>();
          field.getValue().forEach(source -> sources.add(source(source, defaultKey)));
          fields.put(Field.named(field.getKey()), List.copyOf(sources));
        });
    return fields;
  }

  private static Source source(JsonNode node, @Nullable String defaultKey) {
    if (node.isString()) {
      return new Source(
          Source.Place.SPAN, node.stringValue(), null, null, "", Conversion.NONE, Set.of());
    }
    node.propertyNames().stream()
        .filter(word -> !SOURCE_WORDS.contains(word))
        .forEach(word -> {
          throw new IllegalStateException("a source has no '" + word + "': " + node);
        });
    Source.Place place =
        node.has("resource")
            ? Source.Place.RESOURCE
            : node.has("name") ? Source.Place.NAME : Source.Place.SPAN;
    String key = node.path("key").asString(node.path("resource").asString(defaultKey));
    if (key == null && place != Source.Place.NAME) {
      throw new IllegalStateException("a source without a key: " + node);
    }
    Set<SpanKind> kinds = EnumSet.noneOf(SpanKind.class);
    Values.texts(node.get("kinds")).forEach(kind -> kinds.add(SpanKind.valueOf(kind)));
    return new Source(
        place,
        key == null ? "" : key,
        pointer(node.get("path")),
        pointer(node.get("with")),
        node.path("after").asString(""),
        node.has("as") ? Conversion.named(node.path("as").asString()) : Conversion.NONE,
        kinds);
  }

  private static @Nullable JsonPointer pointer(@Nullable JsonNode node) {
    return node == null ? null : JsonPointer.compile(node.asString());
  }

  private static Map<Slot, List<ContentSource>> contents(JsonNode node) {
    Map<Slot, List<ContentSource>> contents = new EnumMap<>(Slot.class);
    node.properties()
        .forEach(slot -> {
          List<ContentSource> sources = new ArrayList<>();
          slot.getValue().forEach(source -> sources.add(contentSource(source)));
          contents.put(Slot.named(slot.getKey()), List.copyOf(sources));
        });
    return contents;
  }

  private static ContentSource contentSource(JsonNode node) {
    if (node.isString()) {
      return new ContentSource.Whole(node.stringValue());
    }
    if (node.has("prefix")) {
      return new ContentSource.Flattened(node.path("prefix").asString() + ".");
    }
    if (node.has("path")) {
      return new ContentSource.Within(
          node.path("key").asString(), JsonPointer.compile(node.path("path").asString()));
    }
    if (node.has("uri")) {
      return new ContentSource.Reference(node.path("uri").asString());
    }
    if (node.has("parts")) {
      Map<String, String> parts = new LinkedHashMap<>();
      node.path("parts")
          .properties()
          .forEach(part -> parts.put(part.getKey(), part.getValue().asString()));
      return new ContentSource.Parts(parts);
    }
    throw new IllegalStateException("no content source: " + node);
  }

  private static KindRule kindRule(JsonNode node) {
    Map<String, KindRule.Ruling> values = new HashMap<>();
    node.path("values")
        .properties()
        .forEach(value ->
            values.put(
                value.getKey().toLowerCase(Locale.ROOT), ruling(value.getValue().asString())));
    JsonNode otherwise = node.has("else") ? node.get("else") : node.get("kind");
    return new KindRule(
        node.path("key").asString(""),
        values,
        otherwise == null ? null : ruling(otherwise.asString()),
        node.path("first-word").asBoolean(false),
        node.path("unquoted").asBoolean(false),
        Values.texts(node.get("any")),
        node.path("scope").asString(""),
        node.path("known-dialect").asBoolean(false));
  }

  private static KindRule.Ruling ruling(String word) {
    boolean repeats = word.endsWith("!");
    return new KindRule.Ruling(SpanKind.valueOf(word.replace("!", "")), repeats);
  }

  private static Map<String, String> providers(JsonNode node) {
    Map<String, String> providers = new TreeMap<>();
    for (Map.Entry<String, JsonNode> provider : node.properties()) {
      String name = provider.getValue().asString();
      providers.put(name, name);
    }
    node.properties()
        .forEach(provider -> providers.put(provider.getKey(), provider.getValue().asString()));
    return providers;
  }

  private static ParameterRules parameters(JsonNode node) {
    Map<String, String> names = new HashMap<>();
    for (Map.Entry<String, JsonNode> name : node.path("names").properties()) {
      Values.texts(name.getValue()).forEach(sent -> names.put(sent, name.getKey()));
    }
    Map<String, String> attributes = new HashMap<>();
    List<String> bags = new ArrayList<>();
    Set<String> prefixes = new HashSet<>();
    for (JsonNode bag : node.path("bags")) {
      if (bag.has("json")) {
        bags.add(bag.path("json").asString());
      } else {
        prefixes.add(bag.path("prefix").asString());
      }
    }
    prefixes.forEach(prefix -> names.forEach((sent, ours) -> attributes.put(prefix + sent, ours)));
    return new ParameterRules(Map.copyOf(attributes), List.copyOf(bags), Map.copyOf(names));
  }

  private static Map<String, EventRule> events(JsonNode node) {
    Map<String, EventRule> events = new HashMap<>();
    node.properties()
        .forEach(event ->
            events.put(
                event.getKey(),
                new EventRule(
                    EventRule.Side.valueOf(
                        event.getValue().path("side").asString().toUpperCase(Locale.ROOT)),
                    event.getValue().path("role").asString(""))));
    return Map.copyOf(events);
  }
}
