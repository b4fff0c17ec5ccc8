// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import dev.steward.SourceTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One golden case of src/test/resources/translate.
record Case(String name, ObjectNode json) {
  private static final Translator TRANSLATOR =
      new Translator(() -> Instant.ofEpochSecond(1_760_000_000));

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (Path file : SourceTree.files("src/test/resources/translate", ".json")) {
      String name = file.getFileName().toString().replace(".json", "");
      cases.add(new Case(name, (ObjectNode) Fields.JSON.readTree(file)));
    }
    return cases;
  }

  /// Those that can be translated.
  static List<Case> translated() {
    return all().stream().filter(c -> !c.json().has("refused")).toList();
  }

  static Translation translate(String from, byte[] body, Target target) {
    return from.equals("chat")
        ? TRANSLATOR.chatToMessages(body, target)
        : TRANSLATOR.messagesToChat(body, target);
  }

  boolean fromChat() {
    return json.path("from").stringValue().equals("chat");
  }

  Translation translation(JsonNode request) {
    JsonNode target = json.path("target");
    return translate(
        json.path("from").stringValue(),
        bytes(request),
        new Target(target.path("model").stringValue(), target.path("outputTokensMax").intValue()));
  }

  Translation.Translated translation() {
    return (Translation.Translated) translation(json.path("request"));
  }

  Answers.Whole whole(JsonNode answer) {
    return translation().answers().whole(answer.path("status").intValue(), body(answer, "body"));
  }

  /// The bytes that the caller gets of a stream.
  byte[] streamed(JsonNode stream) {
    Answers.Stream made = translation().answers().stream();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (JsonNode event : stream.path("events")) {
      out.writeBytes(made.event(event.path("name").stringValue(), body(event, "data")));
    }
    if (stream.has("failed")) {
      out.writeBytes(made.failed(stream.path("failed").stringValue()));
    }
    out.writeBytes(made.end());
    return out.toByteArray();
  }

  /// The bytes that the upstream sent of a stream.
  byte[] upstream(JsonNode stream) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (JsonNode event : stream.path("events")) {
      String name = event.path("name").stringValue();
      String line = name.isEmpty() ? "" : "event: " + name + "\n";
      out.writeBytes((line + "data: ").getBytes(StandardCharsets.UTF_8));
      out.writeBytes(body(event, "data"));
      out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] body(JsonNode node, String name) {
    return node.has("text")
        ? node.path("text").stringValue().getBytes(StandardCharsets.UTF_8)
        : bytes(node.path(name));
  }

  static byte[] bytes(JsonNode node) {
    return Fields.JSON.writeValueAsBytes(node);
  }

  /// The events of a stream as [{"event":..,"data":..}], data as JSON where it is.
  static ArrayNode events(byte[] stream) {
    ArrayNode events = Fields.JSON.createArrayNode();
    String text = new String(stream, StandardCharsets.UTF_8);
    for (String block : text.split("\n\n", -1)) {
      ObjectNode event = Fields.JSON.createObjectNode();
      for (String line : block.split("\n", -1)) {
        if (line.startsWith("event: ")) {
          event.put("event", line.substring("event: ".length()));
        } else if (line.startsWith("data: {")) {
          event.set("data", Fields.JSON.readTree(line.substring("data: ".length())));
        } else if (line.startsWith("data: ")) {
          event.put("data", line.substring("data: ".length()));
        }
      }
      if (!event.isEmpty()) {
        events.add(event);
      }
    }
    return events;
  }

  /// Writes what is given now into the case, to be read before it is committed.
  void rewrite() {
    json.set("translated", Fields.JSON.readTree(translation().request()));
    for (JsonNode answer : json.path("answers")) {
      Answers.Whole whole = whole(answer);
      ObjectNode want = ((ObjectNode) answer).putObject("want").put("status", whole.status());
      want.set("body", Fields.JSON.readTree(whole.body()));
    }
    for (JsonNode stream : json.path("streams")) {
      ((ObjectNode) stream).set("want", events(streamed(stream)));
    }
    Path file = SourceTree.root().resolve("src/test/resources/translate/" + name + ".json");
    try {
      Files.writeString(
          file, Fields.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
