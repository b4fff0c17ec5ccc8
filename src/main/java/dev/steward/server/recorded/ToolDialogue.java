// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the steps of one agent that talks with a user and calls tools: system, user, assistant and
/// tool messages in order.
final class ToolDialogue {
  private final String agent;
  private final List<RecordedRun.Step> steps = new ArrayList<>();
  private final Map<String, String> instructions = new LinkedHashMap<>();
  private final List<RecordedRun.Call> open = new ArrayList<>();

  ToolDialogue(String agent, JsonNode messages) {
    this.agent = agent;
    int index = 0;
    for (JsonNode message : messages) {
      read(index++, message);
    }
  }

  List<RecordedRun.Step> steps() {
    return steps;
  }

  Map<String, String> instructions() {
    return instructions;
  }

  private void read(int index, JsonNode message) {
    String role = Fields.text(message, "role");
    String text = Fields.textOrNone(message, "content");
    switch (role) {
      case "system" -> instructions.put(agent, text);
      case "user" -> steps.add(new RecordedRun.Told(index, text));
      case "assistant" -> {
        open.clear();
        open.addAll(calls(index, message));
        steps.add(new RecordedRun.Turn(index, agent, text, List.copyOf(open)));
      }
      case "tool" -> steps.add(action(index, message, text));
      default ->
          throw new IllegalArgumentException("step " + index + " has the unknown role " + role);
    }
  }

  /// Some recordings lack the ids of calls; without one a result could not be told from its
  /// neighbour's, so the place of the call stands in for it.
  private static List<RecordedRun.Call> calls(int index, JsonNode message) {
    List<RecordedRun.Call> calls = new ArrayList<>();
    for (JsonNode call : message.path("tool_calls")) {
      String id = Fields.textOrNull(call, "id");
      calls.add(
          new RecordedRun.Call(
              id == null ? "step-" + index + "-call-" + calls.size() : id,
              Fields.text(call, "name"),
              call.path("args").isMissingNode() ? "{}" : call.path("args").toString()));
    }
    return calls;
  }

  private RecordedRun.Action action(int index, JsonNode message, String text) {
    String tool = Fields.text(message, "tool");
    RecordedRun.Call call = take(tool, Fields.textOrNull(message, "tool_call_id"));
    String error = Fields.textOrNull(message, "error");
    if (error == null && text.startsWith("Error:")) {
      error = text;
    }
    return new RecordedRun.Action(
        index,
        agent,
        tool,
        call == null ? Fields.textOrNull(message, "tool_call_id") : call.id(),
        call == null ? null : call.argumentsJson(),
        text.isEmpty() && error != null ? error : text,
        error == null ? null : type(error),
        error == null ? "" : error);
  }

  private RecordedRun.@Nullable Call take(String tool, @Nullable String id) {
    for (RecordedRun.Call call : open) {
      if (id == null ? call.tool().equals(tool) : id.equals(call.id())) {
        open.remove(call);
        return call;
      }
    }
    return null;
  }

  /// The class of a Python error, which has few values, or the plain word for any other.
  private static String type(String error) {
    int colon = error.indexOf(':');
    String head = colon < 0 ? error : error.substring(0, colon);
    return head.matches("[A-Za-z_.]{3,60}") && !head.equals("Error") ? head : "tool_error";
  }
}
