// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.control.tool.JsonSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Takes named fields out of a tool's result, so that it stays valid against its schema. What is no
/// JSON, and in which the fields so cannot be told from the rest, is withheld as a whole: text,
/// bytes, errors, and content of a kind that nobody knows.
final class Redaction {
  static final String MASK = "[redacted]";
  static final String WITHHELD =
      "[withheld: policy redacts fields of this result, which cannot be told apart in its text]";

  /// Its data is what the client is to be asked, which the protocol needs.
  private static final int URL_ELICITATION_REQUIRED = -32042;

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int FOUND_IN_TEXT_MIN = 3;

  private final List<List<String>> paths = new ArrayList<>();
  private final JsonSchema schema;

  /// What was taken out, to be looked for in text.
  private final Set<String> values = new HashSet<>();

  /// Whether a field was not there, or is nothing that could be found again in text.
  private boolean lacking;

  private Redaction(List<String> fields, JsonSchema schema) {
    for (String field : fields) {
      paths.add(List.of(field.split("\\.", -1)));
    }
    this.schema = schema;
  }

  /// The result without the fields, empty where the schema leaves no way to take them out.
  ///
  /// @param fields by path; a list on the way stands for each of its items
  static Optional<ObjectNode> of(ObjectNode result, List<String> fields, JsonSchema schema) {
    return fields.isEmpty()
        ? Optional.of(result)
        : new Redaction(fields, schema).redact(result.deepCopy());
  }

  /// An error without what it says; its code stays.
  static ObjectNode error(ObjectNode error, List<String> fields) {
    if (fields.isEmpty() || error.path("code").asInt(0) == URL_ELICITATION_REQUIRED) {
      return error;
    }
    ObjectNode redacted = error.deepCopy();
    redacted.put("message", WITHHELD);
    redacted.remove("data");
    return redacted;
  }

  /// Takes out what a task says of how it stands or why it failed.
  static void task(ObjectNode task, List<String> fields) {
    if (!fields.isEmpty() && task.has("statusMessage")) {
      task.put("statusMessage", WITHHELD);
    }
    if (task.path("error") instanceof ObjectNode error) {
      task.set("error", error(error, fields));
    }
  }

  private Optional<ObjectNode> redact(ObjectNode result) {
    JsonNode content = result.path("content");
    // What people fill into a form, and what a model says, are results too.
    boolean form = content.isObject() && result.path("action").isString();
    JsonNode structured = form ? content : result.path("structuredContent");
    if (structured.isContainer()) {
      for (List<String> path : paths) {
        if (!redact(structured, path)) {
          return Optional.empty();
        }
      }
    } else if (!structured.isMissingNode() && !structured.isNull()) {
      return Optional.empty();
    }
    boolean findable = structured.isContainer() && !lacking;
    if (!form) {
      blocks(content, findable);
    }
    for (JsonNode part : result.path("contents").values()) {
      if (part instanceof ObjectNode resource) {
        resource(resource, false);
      }
    }
    for (JsonNode message : result.path("messages").values()) {
      blocks(message.path("content"), false);
    }
    return Optional.of(result);
  }

  /// @param findable whether text can be searched for what was taken out
  private void blocks(JsonNode content, boolean findable) {
    for (JsonNode part : content.isObject() ? List.of(content) : content.values()) {
      if (part instanceof ObjectNode block) {
        block(block, findable);
      }
    }
  }

  private void block(ObjectNode block, boolean findable) {
    switch (block.path("type").asString("")) {
      case "text" -> text(block, findable);
      case "resource" -> {
        if (block.path("resource") instanceof ObjectNode resource) {
          resource(resource, findable);
        }
      }
      case "resource_link" -> {
        if (block.has("description")) {
          block.put("description", WITHHELD);
        }
      }
      default -> {
        block.removeAll();
        block.put("type", "text").put("text", WITHHELD);
      }
    }
  }

  private void resource(ObjectNode resource, boolean findable) {
    text(resource, findable);
    if (resource.remove("blob") != null) {
      resource.put("mimeType", "text/plain").put("text", WITHHELD);
    }
  }

  /// Tries what the schema may take in the place of the field.
  private boolean redact(JsonNode structured, List<String> path) {
    List<Place> places = new ArrayList<>();
    find(structured, path, 0, places);
    lacking |= places.isEmpty();
    if (places.isEmpty()) {
      return true;
    }
    for (Place place : places) {
      remember(place.value);
    }
    List<Consumer<Place>> ways =
        List.of(
            place -> place.object.put(place.name, MASK),
            place -> place.object.remove(place.name),
            place -> place.object.putNull(place.name),
            Place::empty);
    for (Consumer<Place> way : ways) {
      places.forEach(way);
      if (schema.problems(structured).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private record Place(ObjectNode object, String name, JsonNode value) {
    /// A value of the same type that says nothing.
    private void empty() {
      switch (value.getNodeType()) {
        case NUMBER -> object.put(name, 0);
        case BOOLEAN -> object.put(name, false);
        case ARRAY -> object.putArray(name);
        case OBJECT -> object.putObject(name);
        case STRING -> object.put(name, "");
        case NULL, MISSING, BINARY, POJO -> object.putNull(name);
      }
    }
  }

  private static void find(JsonNode node, List<String> path, int at, List<Place> found) {
    if (node.isArray()) {
      for (JsonNode item : node.values()) {
        find(item, path, at, found);
      }
    } else if (node instanceof ObjectNode object && object.has(path.get(at))) {
      JsonNode value = object.get(path.get(at));
      if (at == path.size() - 1) {
        found.add(new Place(object, path.get(at), value));
      } else {
        find(value, path, at + 1, found);
      }
    }
  }

  private void remember(JsonNode value) {
    if (value.isContainer()) {
      for (JsonNode inner : value.values()) {
        remember(inner);
      }
    } else if (value.isString() && value.stringValue().length() >= FOUND_IN_TEXT_MIN) {
      values.add(value.stringValue());
    } else {
      lacking = true;
    }
  }

  private void text(ObjectNode block, boolean findable) {
    JsonNode said = block.path("text");
    if (!said.isString()) {
      return;
    }
    JsonNode read = json(said.stringValue());
    if (read.isContainer()) {
      for (List<String> path : paths) {
        List<Place> places = new ArrayList<>();
        find(read, path, 0, places);
        for (Place place : places) {
          place.object.put(place.name, MASK);
        }
      }
      block.put("text", read.toString());
    } else if (findable) {
      String text = said.stringValue();
      for (String value : values) {
        text = text.replace(value, MASK);
      }
      block.put("text", text);
    } else {
      block.put("text", WITHHELD);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException _) {
      return JSON.missingNode();
    }
  }
}
