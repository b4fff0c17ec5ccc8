// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Finds the messages in whatever a sender recorded as input or output: a list, one message, a
/// request or answer body of a provider, a chain's state, or plain text.
final class MessageLists {
  /// Members that hold messages, in the order in which they are believed.
  private static final String[] HOLDERS = {
    "messages",
    "contents",
    "choices",
    "candidates",
    "output",
    "items",
    "inputs",
    "outputs",
    "input",
    "generations",
    "prompts",
    "message",
    "prompt",
    "kwargs"
  };

  private static final int HOLDERS_DEEP = 4;

  private final MessageForm form;

  MessageLists(MessageForm form) {
    this.form = form;
  }

  /// What was found.
  ///
  /// @param whole whether the messages hold everything that the value did
  record Found(List<ObjectNode> messages, boolean whole) {}

  /// @param text the value as the sender wrote it, taken where no messages are found in the tree
  Found find(JsonNode tree, String text, String fallbackRole) {
    if (tree.isString()) {
      return new Found(List.of(plain(fallbackRole, tree.stringValue())), true);
    }
    if (MessageForm.is(tree)) {
      return new Found(List.of(form.message(tree, fallbackRole)), true);
    }
    if (tree instanceof ArrayNode list) {
      List<ObjectNode> messages = list(list, fallbackRole);
      if (messages != null) {
        return new Found(messages, true);
      }
    }
    List<ObjectNode> held = tree.isObject() ? held(tree, fallbackRole, 0) : null;
    return held == null
        ? new Found(List.of(plain(fallbackRole, text)), true)
        : new Found(held, false);
  }

  private static ObjectNode plain(String role, String text) {
    return MessageForm.of(role, PartForm.text(text));
  }

  private @Nullable List<ObjectNode> held(JsonNode holder, String role, int depth) {
    if (depth > HOLDERS_DEEP) {
      return null;
    }
    for (String name : HOLDERS) {
      JsonNode inside = holder.get(name);
      if (inside == null || inside.isNull()) {
        continue;
      }
      if (MessageForm.is(inside)) {
        return List.of(form.message(inside, role));
      }
      List<ObjectNode> found =
          inside instanceof ArrayNode list
              ? list(list, role)
              : inside.isObject() ? held(inside, role, depth + 1) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /// Messages of a list, null when some element is none.
  private @Nullable List<ObjectNode> list(ArrayNode list, String role) {
    if (list.isEmpty()) {
      return null;
    }
    if (allParts(list)) {
      ObjectNode message = form.message(list.get(0), role);
      ArrayNode parts = (ArrayNode) message.get("parts");
      for (int i = 1; i < list.size(); i++) {
        parts.addAll((ArrayNode) form.message(list.get(i), role).get("parts"));
      }
      return List.of(message);
    }
    List<ObjectNode> messages = new ArrayList<>();
    for (JsonNode element : list) {
      if (element.isString()) {
        messages.add(plain(role, element.stringValue()));
      } else if (element instanceof ArrayNode inner) {
        List<ObjectNode> nested = list(inner, role);
        if (nested == null) {
          return null;
        }
        messages.addAll(nested);
      } else if (MessageForm.is(element)) {
        messages.add(form.message(element, role));
      } else if (element.path("text").isString()) {
        messages.add(plain(role, element.path("text").stringValue()));
      } else {
        return null;
      }
    }
    return messages;
  }

  /// A list of parts rather than of messages: one message without its shell.
  private static boolean allParts(ArrayNode list) {
    for (JsonNode element : list) {
      if (!element.isObject() || !element.path("type").isString() || MessageForm.is(element)) {
        return false;
      }
    }
    return true;
  }
}
