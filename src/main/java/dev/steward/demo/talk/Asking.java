// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.talk;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// A model call as an agent makes it.
///
/// @param key of the agent
/// @param use that its version lists
/// @param messages in the form of the GenAI conventions
/// @param tools names of those that the model may ask for
/// @param headers that go along with it
public record Asking(
    String key,
    String use,
    String instructions,
    List<ObjectNode> messages,
    List<String> tools,
    boolean streams,
    Map<String, String> headers) {
  public Asking {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    headers = Map.copyOf(headers);
  }
}
