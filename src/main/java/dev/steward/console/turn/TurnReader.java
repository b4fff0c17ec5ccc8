// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.turn;

import dev.steward.console.format.Figures;
import dev.steward.console.turn.Turn.Part;
import dev.steward.domain.Digest;
import dev.steward.trace.span.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads messages in the canonical JSON of the GenAI conventions; each different one once.
public final class TurnReader {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Pattern THINKING =
      Pattern.compile("(?s)^\\s*<think(?:ing)?>(.*?)</think(?:ing)?>\\s*");

  private final Map<Digest, Turn> read = new HashMap<>();

  public Turn turn(Message message) {
    return read.computeIfAbsent(message.hash(), _ -> parse(message.json()));
  }

  /// The plain text of system instructions, which are parts without a message around them.
  public static String instructions(Message message) {
    JsonNode node = tree(message.json());
    List<Part> parts = new ArrayList<>();
    addParts(node != null && node.isObject() ? node.path("parts") : node, parts);
    String text = new Turn("system", "", parts).text();
    return text.isEmpty() ? message.json() : text;
  }

  private static Turn parse(String json) {
    JsonNode node = tree(json);
    if (node == null || !node.isObject()) {
      return new Turn("user", "", List.of(new Part.Text(json)));
    }
    List<Part> parts = new ArrayList<>();
    addParts(node.path("parts"), parts);
    if (parts.isEmpty()) {
      addParts(node.path("content"), parts);
    }
    return new Turn(
        node.path("role").asString("user"), node.path("name").asString(""), List.copyOf(parts));
  }

  private static void addParts(@Nullable JsonNode node, List<Part> parts) {
    if (node == null) {
      return;
    }
    if (node.isString()) {
      add(new Part.Text(node.asString()), parts);
    } else if (node.isArray()) {
      node.forEach(part -> add(part(part), parts));
    } else if (node.isObject() && !node.isEmpty()) {
      add(part(node), parts);
    }
  }

  /// Some models state their reasoning in tags before what they say.
  private static void add(Part part, List<Part> parts) {
    if (part instanceof Part.Text text && text.text().stripLeading().startsWith("<think")) {
      Matcher tagged = THINKING.matcher(text.text());
      if (tagged.find()) {
        parts.add(new Part.Reasoning(tagged.group(1).strip()));
        parts.add(new Part.Text(text.text().substring(tagged.end())));
        return;
      }
    }
    parts.add(part);
  }

  private static Part part(JsonNode part) {
    if (part.isString()) {
      return new Part.Text(part.asString());
    }
    String type = part.path("type").asString("");
    return switch (type) {
      case "text" -> new Part.Text(first(part, "content", "text"));
      case "reasoning", "thinking" ->
          new Part.Reasoning(first(part, "content", "text", "thinking"));
      case "tool_call" ->
          new Part.Request(
              part.path("id").asString(""),
              part.path("name").asString("a tool"),
              first(part, "arguments"));
      case "tool_call_response" ->
          new Part.Response(part.path("id").asString(""), first(part, "response", "result"));
      case "blob", "uri", "file" -> new Part.Medium(medium(part, type));
      default -> other(part);
    };
  }

  private static Part other(JsonNode part) {
    String text = first(part, "content", "text");
    return new Part.Text(text.isEmpty() ? part.toString() : text);
  }

  private static String medium(JsonNode part, String type) {
    String mime = first(part, "mime_type", "mimeType", "modality");
    String what = mime.isEmpty() ? "a file" : mime;
    if (type.equals("uri")) {
      return what + " at " + first(part, "uri");
    }
    String content = first(part, "content", "data");
    return content.isEmpty() ? what : what + ", " + Figures.bytes(content.length() * 3L / 4);
  }

  private static String first(JsonNode node, String... names) {
    for (String name : names) {
      JsonNode value = node.path(name);
      if (value.isString()) {
        return value.asString();
      }
      if (!value.isMissingNode() && !value.isNull()) {
        return value.toString();
      }
    }
    return "";
  }

  private static @Nullable JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      // what a sender recorded need not be JSON; it is then shown as it is
      return null;
    }
  }
}
