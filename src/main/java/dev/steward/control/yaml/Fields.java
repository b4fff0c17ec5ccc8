// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.yaml;

import dev.steward.control.json.CanonicalJson;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields of one mapping, read by name and type. What is wrong becomes a flaw and is read as a
/// harmless value, so that one pass finds everything; `close` then refuses the fields that nobody
/// asked for.
public final class Fields {
  private final Node.Members node;
  private final String path;
  private final Flaws flaws;
  private final Set<String> asked = new LinkedHashSet<>();

  private Fields(Node.Members node, String path, Flaws flaws) {
    this.node = node;
    this.path = path;
    this.flaws = flaws;
  }

  /// @param path of the mapping itself, "" for the document
  public static Fields of(Node node, String path, Flaws flaws) {
    if (node instanceof Node.Members members) {
      return new Fields(members, path, flaws);
    }
    flaws.add(node.line(), path, "must be a mapping of fields");
    return new Fields(new Node.Members(Map.of(), node.line()), path, new Flaws());
  }

  public boolean has(String name) {
    return member(name) != null;
  }

  /// Whether a mapping stands there.
  public boolean isObject(String name) {
    Node.Member member = member(name);
    return member != null && member.node() instanceof Node.Members;
  }

  /// The text, which must be there.
  public String text(String name) {
    Node.Member member = member(name);
    if (member == null) {
      flaw(name, "is missing");
      return "";
    }
    String text = scalar(name, member.node());
    if (text.isBlank() && member.node() instanceof Node.Scalar) {
      flaw(name, "is empty");
    }
    return text;
  }

  public String text(String name, String fallback) {
    Node.Member member = member(name);
    return member == null ? fallback : scalar(name, member.node());
  }

  /// The texts of a list; of a single word, that one.
  public List<String> texts(String name) {
    Node.Member member = member(name);
    if (member == null) {
      return List.of();
    }
    if (!(member.node() instanceof Node.Items items)) {
      return List.of(scalar(name, member.node()));
    }
    return items.nodes().stream().map(item -> scalar(name, item)).toList();
  }

  public Optional<Fields> object(String name) {
    Node.Member member = member(name);
    return member == null ? Optional.empty() : Optional.of(of(member.node(), at(name), flaws));
  }

  public List<Fields> objects(String name) {
    Node.Member member = member(name);
    if (member == null) {
      return List.of();
    }
    if (!(member.node() instanceof Node.Items items)) {
      flaw(name, "must be a list");
      return List.of();
    }
    List<Fields> objects = new ArrayList<>();
    for (int i = 0; i < items.nodes().size(); i++) {
      objects.add(of(items.nodes().get(i), at(name) + "[" + i + "]", flaws));
    }
    return objects;
  }

  /// Texts by name.
  public Map<String, String> map(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    object(name)
        .ifPresent(
            fields -> fields.node.members().keySet().forEach(k -> map.put(k, fields.text(k, ""))));
    return map;
  }

  /// One of the enum's values, written in lower case with dashes.
  public <E extends Enum<E>> E choice(String name, Class<E> type, E fallback) {
    String written = text(name, "");
    if (written.isEmpty() && !has(name)) {
      return fallback;
    }
    List<String> known = Arrays.stream(type.getEnumConstants()).map(Fields::word).toList();
    int index = known.indexOf(written);
    if (index < 0) {
      flaw(
          name,
          "'"
              + written
              + "' is none of "
              + String.join(", ", known)
              + "."
              + Nearest.hint(written, known));
      return fallback;
    }
    return type.getEnumConstants()[index];
  }

  /// How an enum's value is written.
  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public boolean flag(String name, boolean fallback) {
    return switch (text(name, "")) {
      case "" -> fallback;
      case "true" -> true;
      case "false" -> false;
      default -> {
        flaw(name, "must be true or false");
        yield fallback;
      }
    };
  }

  public BigDecimal decimal(String name) {
    return Scalars.number(text(name, ""))
        .orElseGet(() -> {
          flaw(name, has(name) ? "must be a number" : "is missing");
          return BigDecimal.ZERO;
        });
  }

  public long whole(String name, long fallback) {
    if (!has(name)) {
      return fallback;
    }
    try {
      return Long.parseLong(text(name, ""));
    } catch (NumberFormatException _) {
      flaw(name, "must be a whole number");
      return fallback;
    }
  }

  /// A moment such as `2026-11-01T00:00:00Z`, or a day, which is its first moment in UTC.
  public @Nullable Instant instant(String name) {
    if (!has(name)) {
      return null;
    }
    String written = text(name, "");
    try {
      return written.length() == 10
          ? LocalDate.parse(written).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(written);
    } catch (DateTimeException _) {
      flaw(name, "must be a day such as 2026-11-01 or a moment such as 2026-11-01T08:00:00Z");
      return null;
    }
  }

  /// Whatever stands there, as JSON.
  public Optional<JsonNode> json(String name) {
    Node.Member member = member(name);
    return member == null ? Optional.empty() : Optional.of(json(member.node()));
  }

  public Set<String> names() {
    return node.members().keySet();
  }

  public int line(String name) {
    Node.Member member = node.members().get(name);
    return member == null ? node.line() : member.line();
  }

  public void flaw(String name, String message) {
    flaws.add(line(name), at(name), message);
  }

  /// Refuses every field that was not asked for, with the nearest that was.
  public void close() {
    for (String name : node.members().keySet()) {
      if (!asked.contains(name)) {
        String hint = Nearest.hint(name, asked);
        flaw(
            name,
            "is not a field here."
                + (hint.isEmpty() ? " Known are " + String.join(", ", asked) + "." : hint));
      }
    }
  }

  private Node.@Nullable Member member(String name) {
    asked.add(name);
    Node.Member member = node.members().get(name);
    return member == null || Scalars.isNull(member.node()) ? null : member;
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private String scalar(String name, Node value) {
    if (value instanceof Node.Scalar scalar) {
      return scalar.text();
    }
    flaw(name, value instanceof Node.Items ? "must be one text, not a list" : "must be a text");
    return "";
  }

  private static JsonNode json(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> Scalars.value(scalar);
      case Node.Items items -> {
        ArrayNode array = CanonicalJson.MAPPER.createArrayNode();
        items.nodes().forEach(item -> array.add(json(item)));
        yield array;
      }
      case Node.Members members -> {
        ObjectNode object = CanonicalJson.object();
        members.members().forEach((name, member) -> object.set(name, json(member.node())));
        yield object;
      }
    };
  }
}
