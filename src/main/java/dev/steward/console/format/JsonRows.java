// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import dev.steward.console.format.JsonText.Member;
import dev.steward.console.format.JsonText.Value;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// JSON as names and values, for who would rather not read JSON: names of nested objects are
/// joined, each object of a list is one row, and every number stays as its sender wrote it.
public final class JsonRows {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int DEPTH_MAX = 3;
  private static final List<String> TEXTS = List.of("text", "content", "page_content", "snippet");
  private static final List<String> NAMES = List.of("id", "title", "name", "source", "url");

  private final List<Row> rows = new ArrayList<>();
  private final int rowsMax;

  private JsonRows(int rowsMax) {
    this.rowsMax = rowsMax;
  }

  /// A name and its value, both as plain text.
  public record Row(String name, String value) {}

  /// The rows of an object or of a list with objects in it, up to one more than wanted; empty for
  /// anything else.
  public static List<Row> of(String json, int rowsMax) {
    Value value = JsonText.read(json, true);
    if (value == null || value.members().isEmpty()) {
      return List.of();
    }
    boolean list = value.open() == '[';
    if (list && value.members().stream().noneMatch(member -> member.value().open() == '{')) {
      return List.of();
    }
    JsonRows made = new JsonRows(rowsMax);
    if (list) {
      made.items("", value);
    } else {
      made.members("", value, 1);
    }
    return List.copyOf(made.rows);
  }

  private void members(String prefix, Value object, int depth) {
    for (Member member : object.members()) {
      if (rows.size() > rowsMax) {
        return;
      }
      String name = prefix + plain(member.key());
      Value value = member.value();
      boolean nested = !value.members().isEmpty() && depth < DEPTH_MAX;
      if (value.open() == '{' && nested) {
        members(name + ".", value, depth + 1);
      } else if (value.open() == '['
          && nested
          && value.members().getFirst().value().open() == '{') {
        items(name + " ", value);
      } else {
        rows.add(new Row(name, line(value)));
      }
    }
  }

  private void items(String prefix, Value list) {
    int nth = 1;
    for (Member item : list.members()) {
      if (rows.size() > rowsMax) {
        return;
      }
      rows.add(item(prefix + nth++, item.value()));
    }
  }

  /// A document by its name with its text; another object with all that it holds.
  private static Row item(String name, Value value) {
    for (Member member : value.members()) {
      if (TEXTS.contains(plain(member.key())) && member.value().open() == ' ') {
        return new Row(heading(name, value), line(member.value()));
      }
    }
    return new Row(name, line(value));
  }

  private static String heading(String name, Value document) {
    StringBuilder heading = new StringBuilder(name);
    boolean named = false;
    for (Member member : document.members()) {
      String key = plain(member.key());
      boolean scalar = member.value().open() == ' ';
      if (scalar && ((!named && NAMES.contains(key)) || key.equals("score"))) {
        named |= !key.equals("score");
        heading.append(key.equals("score") ? ", score " : ". ").append(line(member.value()));
      }
    }
    return heading.toString();
  }

  private static String line(Value value) {
    if (value.open() == ' ') {
      return plain(value.kept());
    }
    if (value.members().isEmpty()) {
      return value.open() == '{' ? "{}" : "[]";
    }
    List<String> parts = new ArrayList<>();
    for (Member member : value.members()) {
      if (member.value().open() != ' ' && member.value().members().size() > 8) {
        return JsonText.laidOut(value);
      }
      String inner =
          member.value().open() == ' ' ? plain(member.value().kept()) : line(member.value());
      boolean bracket = member.value().open() != ' ' && !member.value().members().isEmpty();
      String shown = bracket ? "(" + inner + ")" : inner;
      parts.add(member.key().isEmpty() ? shown : plain(member.key()) + " " + shown);
    }
    return String.join(value.open() == '{' ? " · " : ", ", parts);
  }

  /// A JSON string as its text, another word as it is.
  private static String plain(String kept) {
    if (kept.length() > 1 && kept.charAt(0) == '\'') {
      return kept.substring(1, kept.length() - 1).replace("\\'", "'").replace("\\n", "\n");
    }
    if (kept.length() < 2 || kept.charAt(0) != '"') {
      return kept;
    }
    if (kept.indexOf('\\') < 0) {
      return kept.substring(1, kept.length() - 1);
    }
    try {
      return JSON.readTree(kept).asString(kept);
    } catch (JacksonException e) {
      // a string that breaks the rules of JSON is shown as its sender wrote it
      return kept;
    }
  }
}
