// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// One JSON object of a request, read by an allow-list: whoever reads it names every field, and
/// `done` refuses the ones that nobody named. A field that is null counts as absent.
final class Fields {
  /// Numbers keep every digit: they may be arguments of a tool.
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final ObjectNode object;
  private final String place;
  private final Set<String> named = new HashSet<>();

  private Fields(ObjectNode object, String place) {
    this.object = object;
    this.place = place;
  }

  /// Carries the place and reason of what cannot be translated up to the entry of this package,
  /// which makes it a value.
  static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String field;

    Unfit(String field, String reason) {
      super(reason, null, false, false);
      this.field = field;
    }

    Translation.Untranslatable untranslatable() {
      return new Translation.Untranslatable(field, String.valueOf(getMessage()));
    }
  }

  static Fields of(byte[] body) {
    try {
      return of(JSON.readTree(body), "");
    } catch (JacksonException e) {
      throw new Unfit("", "The body is no JSON that can be read: " + e.getOriginalMessage() + ".");
    }
  }

  static Fields of(JsonNode node, String place) {
    if (node instanceof ObjectNode object) {
      return new Fields(object, place);
    }
    throw new Unfit(place, "It must be a JSON object.");
  }

  String place() {
    return place;
  }

  String at(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  Unfit unfit(String name, String reason) {
    return new Unfit(at(name), reason);
  }

  /// The value, a missing node when it is absent or null.
  JsonNode read(String name) {
    named.add(name);
    JsonNode value = object.path(name);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  boolean has(String name) {
    return !read(name).isMissingNode();
  }

  /// The text, "" when it is absent.
  String text(String name) {
    JsonNode value = read(name);
    if (!value.isMissingNode() && !value.isString()) {
      throw unfit(name, "It must be text.");
    }
    return value.isString() ? value.stringValue() : "";
  }

  /// The text, which must be there.
  String needed(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      throw unfit(name, "It is missing or empty.");
    }
    return text;
  }

  /// True or false, false when it is absent.
  boolean flag(String name) {
    JsonNode value = read(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw unfit(name, "It must be true or false.");
    }
    return value.isBoolean() && value.booleanValue();
  }

  /// The items of a list with their places, none when it is absent.
  List<Item> list(String name) {
    JsonNode value = read(name);
    if (!value.isMissingNode() && !value.isArray()) {
      throw unfit(name, "It must be a list.");
    }
    List<Item> items = new ArrayList<>();
    for (JsonNode node : value) {
      items.add(new Item(node, at(name) + "[" + items.size() + "]"));
    }
    return items;
  }

  /// One item of a list.
  record Item(JsonNode node, String place) {
    Fields fields() {
      return of(node, place);
    }
  }

  Fields object(String name) {
    return of(read(name), at(name));
  }

  /// A number that is the same in both dialects; left out where it is both sides' default.
  void copyNumber(String name, String standard, double max, ObjectNode out) {
    JsonNode value = read(name);
    if (value.isMissingNode()) {
      return;
    }
    if (!value.isNumber()) {
      throw unfit(name, "It must be a number.");
    }
    if (value.doubleValue() > max) {
      throw unfit(name, "The other provider takes at most " + max + ".");
    }
    if (!equal(value, standard)) {
      out.set(name, value);
    }
  }

  private static boolean equal(JsonNode value, String number) {
    return value.isNumber() && value.decimalValue().compareTo(new BigDecimal(number)) == 0;
  }

  /// Names fields without effect on the answer: they are left out.
  void withoutEffect(String... names) {
    named.addAll(List.of(names));
  }

  /// Fields that may only have the value that changes nothing.
  void harmless(Map<String, String> values) {
    values.forEach((name, value) -> {
      JsonNode given = read(name);
      boolean same =
          given.isMissingNode()
              || given.toString().equals(value)
              || (given.isNumber() && equal(given, value.isBlank() ? "NaN" : value));
      if (!same) {
        throw unfit(name, "The other provider has no equal; only " + value + " can be translated.");
      }
    });
  }

  /// Fields that cannot be said in the other dialect, each with its reason.
  void refused(Map<String, String> reasons) {
    reasons.forEach((name, reason) -> {
      if (has(name)) {
        throw unfit(name, reason);
      }
    });
  }

  /// Refuses every field that was not named.
  void done() {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!field.getValue().isNull() && !named.contains(field.getKey())) {
        throw unfit(field.getKey(), "The other provider has no equal of it.");
      }
    }
  }
}
