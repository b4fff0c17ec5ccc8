// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import dev.steward.trace.dialect.Attributes;
import dev.steward.trace.dialect.ContentSource;
import dev.steward.trace.dialect.ContentSource.Slot;
import dev.steward.trace.dialect.DialectTable;
import dev.steward.trace.dialect.EventRule;
import dev.steward.trace.dialect.EventRule.Side;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Collects the content of one span or log record. The first source that has something fills its
/// place.
final class ContentBuilder {
  private static final Set<String> EVENT_MEMBERS =
      Set.of("content", "message", "tool_calls", "parts", "gen_ai.prompt", "gen_ai.completion");

  private final DialectTable table;
  private final Blobs blobs;
  private final PartForm parts;
  private final MessageForm form;
  private final MessageLists lists;
  private final Bodies bodies;
  private final List<Message> input = new ArrayList<>();
  private final List<Message> output = new ArrayList<>();
  private final List<String> finishReasons = new ArrayList<>();
  private final Map<Slot, Message> bodyBySlot = new EnumMap<>(Slot.class);
  private final Set<String> halfMoved = new HashSet<>();

  ContentBuilder(DialectTable table, int inlineBytesMax) {
    this.table = table;
    blobs = new Blobs(inlineBytesMax);
    parts = new PartForm(blobs);
    form = new MessageForm(parts);
    lists = new MessageLists(form);
    bodies = new Bodies(parts, blobs);
  }

  SpanContent build() {
    boolean nothing = input.isEmpty() && output.isEmpty() && bodyBySlot.isEmpty();
    if (nothing) {
      return new SpanContent(Content.NONE, finishReasons);
    }
    Content content =
        new Content(
            input,
            output,
            bodyBySlot.get(Slot.INSTRUCTIONS),
            bodyBySlot.get(Slot.TOOLS),
            bodyBySlot.get(Slot.ARGUMENTS),
            bodyBySlot.get(Slot.RESULT),
            bodyBySlot.get(Slot.DOCUMENTS),
            blobs.kept());
    return new SpanContent(content, finishReasons);
  }

  /// Fills one body from the first source that has it.
  void body(Slot slot, Attributes attributes, List<ContentSource> sources) {
    for (ContentSource source : sources) {
      if (bodyBySlot.containsKey(slot)) {
        return;
      }
      JsonNode body = bodies.find(slot, attributes, source);
      if (body != null) {
        bodyBySlot.put(slot, Message.of(CanonicalJson.write(body)));
      }
    }
  }

  /// Fills one list of messages from the first source that has any.
  void messages(Side side, Attributes attributes, List<ContentSource> sources) {
    for (ContentSource source : sources) {
      if (!list(side).isEmpty()) {
        return;
      }
      switch (source) {
        case ContentSource.Whole(String key) -> whole(side, attributes, key);
        case ContentSource.Within(String key, JsonPointer path) -> {
          JsonNode part = Trees.within(attributes, key, path);
          if (part != null) {
            String text = part.asString(CanonicalJson.write(part));
            lists.find(part, text, role(side)).messages().forEach(message -> add(side, message));
          }
        }
        case ContentSource.Flattened(String prefix) -> flattened(side, attributes, prefix);
        case ContentSource.Parts(Map<String, String> keys) -> parts(side, attributes, keys);
        case ContentSource.Reference(String key) -> {
          String uri = attributes.text(key);
          if (uri != null) {
            add(side, MessageForm.of(role(side), blobs.address(uri, null, null)));
          }
        }
      }
    }
  }

  private void whole(Side side, Attributes attributes, String key) {
    JsonNode tree = attributes.tree(key);
    if (tree == null || (tree.isString() && tree.stringValue().isEmpty())) {
      return;
    }
    if (tree.isArray() && !tree.isEmpty() && tree.get(0).has("event.name")) {
      events(side, attributes, key, tree);
      return;
    }
    String text = attributes.text(key);
    MessageLists.Found found =
        lists.find(tree, text == null ? CanonicalJson.write(tree) : text, role(side));
    found.messages().forEach(message -> add(side, message));
    if (found.whole()) {
      attributes.move(key);
    }
  }

  /// A list of events in one attribute holds both sides.
  private void events(Side side, Attributes attributes, String key, JsonNode events) {
    boolean all = true;
    for (JsonNode event : events) {
      EventRule rule = table.event(event.path("event.name").asString(""));
      if (rule == null || rule.side() != side) {
        all = false;
      } else {
        add(side, form.message(event, rule.role()));
      }
    }
    if (all || !halfMoved.add(key)) {
      attributes.move(key);
    }
  }

  private void flattened(Side side, Attributes attributes, String prefix) {
    Flattened flattened = Flattened.collect(attributes, prefix);
    if (flattened == null) {
      return;
    }
    for (JsonNode element : flattened.list()) {
      add(side, form.message(element, role(side)));
    }
    flattened.keys().forEach(attributes::move);
  }

  private void parts(Side side, Attributes attributes, Map<String, String> keys) {
    if (!anyOf(keys, attributes)) {
      return;
    }
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("role", role(side));
    ArrayNode list = message.putArray("parts");
    keys.forEach((what, key) -> {
      JsonNode value = attributes.plain(key);
      if (value == null || (value.isString() && value.stringValue().isEmpty())) {
        return;
      }
      switch (what) {
        case "tool_calls" ->
            Trees.read(value).forEach(call -> list.add(parts.toolCall(Trees.read(call))));
        case "reasoning" -> list.add(PartForm.reasoning(textOf(value)));
        default -> list.add(PartForm.text(textOf(value)));
      }
      attributes.move(key);
    });
    if (!list.isEmpty()) {
      add(side, message);
    }
  }

  private static boolean anyOf(Map<String, String> keys, Attributes attributes) {
    for (String key : keys.values()) {
      if (attributes.has(key)) {
        return true;
      }
    }
    return false;
  }

  private static String textOf(JsonNode value) {
    return value.isString() ? value.stringValue() : CanonicalJson.write(value);
  }

  /// Adds the message of an event that lies in its attributes, if there is one.
  void event(EventRule rule, Attributes attributes) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    for (String key : attributes.keys()) {
      JsonNode value = EVENT_MEMBERS.contains(key) ? attributes.tree(key) : attributes.plain(key);
      if (value != null) {
        tree.set(key, value);
      }
    }
    for (String key : new String[] {"gen_ai.prompt", "gen_ai.completion"}) {
      JsonNode held = tree.get(key);
      if (held != null) {
        String text = attributes.text(key);
        lists
            .find(held, text == null ? CanonicalJson.write(held) : text, rule.role())
            .messages()
            .forEach(message -> add(rule.side(), message));
        attributes.move(key);
        return;
      }
    }
    if (event(rule, tree)) {
      EVENT_MEMBERS.forEach(attributes::move);
    }
  }

  /// Adds the message of an event, if the tree holds one.
  boolean event(EventRule rule, JsonNode tree) {
    if (tree.isString() && !tree.stringValue().isEmpty()) {
      add(rule.side(), MessageForm.of(rule.role(), PartForm.text(tree.stringValue())));
      return true;
    }
    if (Trees.first(tree, "content", "message", "tool_calls", "parts") == null) {
      return false;
    }
    ObjectNode message = form.message(tree, rule.role());
    if (message.path("parts").isEmpty()) {
      return false;
    }
    add(rule.side(), message);
    return true;
  }

  /// Adds what a structured body of a whole call holds.
  void call(JsonNode body) {
    for (Side side : new Side[] {Side.INPUT, Side.OUTPUT}) {
      String name = side == Side.INPUT ? "gen_ai.input.messages" : "gen_ai.output.messages";
      JsonNode held = body.get(name);
      if (held != null && list(side).isEmpty()) {
        lists
            .find(Trees.read(held), CanonicalJson.write(held), role(side))
            .messages()
            .forEach(message -> add(side, message));
      }
    }
  }

  private void add(Side side, ObjectNode message) {
    JsonNode reason = message.remove("finish_reason");
    if (reason != null && side == Side.OUTPUT && !reason.asString("").isEmpty()) {
      finishReasons.add(reason.asString(""));
    }
    list(side).add(Message.of(CanonicalJson.write(message)));
  }

  private List<Message> list(Side side) {
    return side == Side.INPUT ? input : output;
  }

  private static String role(Side side) {
    return side == Side.INPUT ? "user" : "assistant";
  }
}
