// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.plan;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.kind.Kinds;
import dev.steward.control.tool.LiveTool;
import dev.steward.domain.resource.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What differs between two forms of a resource, field by field. Items of a list are told apart by
/// their name, so that one more tool is one difference.
public final class TreeDiff {
  private static final List<String> ITEM_NAMES = List.of("name", "server", "use", "tool");

  private static final String RULES = "spec.rules";

  private final List<FieldDiff> found = new ArrayList<>();

  private TreeDiff() {}

  public static List<FieldDiff> of(Resource before, Resource after) {
    return of(Kinds.write(before), Kinds.write(after));
  }

  /// What differs between two definitions of a tool.
  public static List<FieldDiff> of(LiveTool before, LiveTool after) {
    return of(before.json(), after.json());
  }

  static List<FieldDiff> of(JsonNode before, JsonNode after) {
    TreeDiff diff = new TreeDiff();
    diff.compare("", before, after);
    return List.copyOf(diff.found);
  }

  private void compare(String path, @Nullable JsonNode before, @Nullable JsonNode after) {
    if (before == null || after == null) {
      compareOneSided(path, before, after);
    } else if (before.isObject() && after.isObject()) {
      SortedSet<String> names = new TreeSet<>(before.propertyNames());
      names.addAll(after.propertyNames());
      for (String name : names) {
        compare(path.isEmpty() ? name : path + "." + name, before.get(name), after.get(name));
      }
    } else if (before.isArray() && after.isArray()) {
      compareLists(path, before, after);
    } else if (!text(before).equals(text(after))) {
      found.add(new FieldDiff(path, text(before), text(after)));
    }
  }

  private void compareOneSided(String path, @Nullable JsonNode before, @Nullable JsonNode after) {
    JsonNode there = before == null ? after : before;
    if (there == null) {
      return;
    }
    if (there.isObject() && !there.isEmpty() && !path.endsWith("]") && !path.endsWith("Schema")) {
      for (String name : new TreeSet<>(there.propertyNames())) {
        compare(
            path + "." + name,
            before == null ? null : before.get(name),
            after == null ? null : after.get(name));
      }
      return;
    }
    found.add(
        new FieldDiff(path, before == null ? "" : text(before), after == null ? "" : text(after)));
  }

  private void compareLists(String path, JsonNode before, JsonNode after) {
    Map<String, JsonNode> old = path.equals(RULES) ? placed(before) : named(before);
    Map<String, JsonNode> now = path.equals(RULES) ? placed(after) : named(after);
    if (old.isEmpty() || now.isEmpty()) {
      if (!text(before).equals(text(after))) {
        found.add(new FieldDiff(path, text(before), text(after)));
      }
      return;
    }
    int count = found.size();
    SortedSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      compare(path + "[" + name + "]", old.get(name), now.get(name));
    }
    if (count == found.size() && !List.copyOf(old.keySet()).equals(List.copyOf(now.keySet()))) {
      found.add(
          new FieldDiff(path, String.join(", ", old.keySet()), String.join(", ", now.keySet())));
    }
  }

  /// The items by their names, empty when they have none or share one.
  private static Map<String, JsonNode> named(JsonNode list) {
    Map<String, JsonNode> named = new LinkedHashMap<>();
    for (JsonNode item : list.values()) {
      String name = item.isValueNode() ? text(item) : nameOf(item);
      if (name.isEmpty() || named.put(name, item) != null) {
        return Map.of();
      }
    }
    return named;
  }

  /// The rules of a policy by their places, which name those that have no name.
  private static Map<String, JsonNode> placed(JsonNode list) {
    Map<String, JsonNode> placed = new LinkedHashMap<>();
    for (JsonNode item : list.values()) {
      String name = item.path("name").isString() ? item.get("name").stringValue() : "";
      placed.put(name.isEmpty() ? Integer.toString(placed.size() + 1) : name, item);
    }
    return placed;
  }

  private static String nameOf(JsonNode item) {
    for (String field : ITEM_NAMES) {
      if (item.path(field).isString()) {
        return item.path(field).stringValue();
      }
    }
    return "";
  }

  private static String text(JsonNode node) {
    return node.isString() ? node.stringValue() : CanonicalJson.text(node);
  }
}
