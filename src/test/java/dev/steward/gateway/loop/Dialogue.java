// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import dev.steward.domain.Cost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An agent that talks OpenAI chat to a watched gateway, sending the whole conversation each time.
final class Dialogue {
  static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Cost NO_PRICE = new Cost.Unknown("no price");

  private final LoopWatch watch;
  private final ArrayNode messages = JSON.createArrayNode();
  private final List<Loop> loops = new ArrayList<>();
  private int calls;
  private int asked;

  Dialogue(LoopWatch watch, String system, String user) {
    this.watch = watch;
    say("system", system);
    say("user", user);
  }

  Dialogue(LoopLimits limits) {
    this(new LoopWatch(limits), "You help.", "My machine leaks.");
  }

  LoopWatch watch() {
    return watch;
  }

  /// Every loop that was told so far.
  List<Loop> loops() {
    return loops;
  }

  Dialogue say(String role, String text) {
    messages.addObject().put("role", role).put("content", text);
    return this;
  }

  /// The model asks for a tool, and the tool answers; the answer is sent with the next request.
  Dialogue uses(String tool, String arguments, String answer) {
    ask();
    String id = "call_" + ++calls;
    answered(call(id, tool, arguments));
    messages.addObject().put("role", "tool").put("tool_call_id", id).put("content", answer);
    return this;
  }

  /// The model asks for several tools at once.
  Dialogue usesAtOnce(List<String> tools, String arguments, String answer) {
    ask();
    ObjectNode message = JSON.createObjectNode().put("role", "assistant");
    ArrayNode all = message.putArray("tool_calls");
    List<String> ids = new ArrayList<>();
    for (String tool : tools) {
      ids.add("call_" + ++calls);
      all.add(call(ids.getLast(), tool, arguments).path("tool_calls").get(0));
    }
    answered(message);
    for (String id : ids) {
      messages.addObject().put("role", "tool").put("tool_call_id", id).put("content", answer);
    }
    return this;
  }

  Dialogue talks(String said, String heard) {
    ask();
    answered(JSON.createObjectNode().put("role", "assistant").put("content", said));
    return say("user", heard);
  }

  /// Asks the model with all that was said so far.
  List<Loop> ask() {
    List<Loop> found = watch.observe(request());
    loops.addAll(found);
    return found;
  }

  Step.Asked request() {
    return new Step.Asked(now(), "call-" + this.hashCode() + "-" + ++asked, json(), "");
  }

  String json() {
    return messages.toString();
  }

  /// Forgets the oldest messages after the system's and the user's own.
  void cutTo(int kept) {
    while (messages.size() > kept) {
      messages.remove(1);
    }
  }

  /// The model asks for a tool; whoever does the work speaks meanwhile.
  String begins(String tool, String arguments) {
    ask();
    String id = "call_" + ++calls;
    answered(call(id, tool, arguments));
    return id;
  }

  void ends(String id, String answer) {
    messages.addObject().put("role", "tool").put("tool_call_id", id).put("content", answer);
  }

  private void answered(ObjectNode message) {
    messages.add(message);
    String call = "call-" + this.hashCode() + "-" + asked;
    String answer = JSON.createArrayNode().add(message).toString();
    loops.addAll(watch.observe(new Step.Answered(now(), call, answer, "", NO_PRICE)));
  }

  private static ObjectNode call(String id, String tool, String arguments) {
    ObjectNode message = JSON.createObjectNode().put("role", "assistant").putNull("content");
    JsonNode function = JSON.createObjectNode().put("name", tool).put("arguments", arguments);
    message
        .putArray("tool_calls")
        .addObject()
        .put("id", id)
        .put("type", "function")
        .set("function", function);
    return message;
  }

  private Instant now() {
    return START.plusSeconds(asked);
  }
}
