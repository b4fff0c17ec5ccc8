// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.block;

import dev.steward.gateway.part.Json;
import dev.steward.gateway.ruling.Judge;
import dev.steward.gateway.ruling.Proposed;
import dev.steward.gateway.ruling.Ruling;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Items of an OpenAI response that are tool calls, each judged once however often it is told.
public final class ResponseItems {
  private static final Set<String> ACTIONS =
      Set.of("local_shell_call", "shell_call", "apply_patch_call", "computer_call");

  private final Judge judge;
  private final Map<String, Judged> known = new HashMap<>();

  public ResponseItems(Judge judge) {
    this.judge = judge;
  }

  private record Judged(Proposed call, Ruling ruling) {}

  static boolean isCall(Json item) {
    String type = item.at("type").text();
    return type.equals("function_call")
        || type.equals("custom_tool_call")
        || ACTIONS.contains(type);
  }

  static Proposed proposed(Json item) {
    String type = item.at("type").text();
    String id = item.at("call_id").text();
    return switch (type) {
      case "function_call" ->
          new Proposed(id, item.at("name").text(), item.at("arguments").text(), Proposed.Form.JSON);
      case "custom_tool_call" ->
          new Proposed(id, item.at("name").text(), item.at("input").text(), Proposed.Form.TEXT);
      default ->
          new Proposed(
              id,
              type.substring(0, type.length() - "_call".length()),
              action(item),
              Proposed.Form.ACTION);
    };
  }

  private static String action(Json item) {
    for (String name : new String[] {"action", "operation"}) {
      if (item.at(name).isObject()) {
        return item.at(name).raw();
      }
    }
    return item.raw();
  }

  /// What was held back stays held back, whatever is told of it later.
  public Ruling judge(Proposed call) {
    Judged before = known.get(call.id());
    if (before != null
        && (before.call().equals(call) || before.ruling() instanceof Ruling.HoldBack)) {
      return before.ruling();
    }
    Ruling ruling = judge.judge(call);
    known.put(call.id(), new Judged(call, ruling));
    return ruling;
  }

  /// Edits the items of a response as was ruled.
  public void edit(Json output) {
    for (Json item : output.items()) {
      if (isCall(item)) {
        switch (judge(proposed(item))) {
          case Ruling.Pass _ -> {}
          case Ruling.Change(String arguments) -> change(item, arguments);
          case Ruling.HoldBack(String text) -> item.write(message(item, text));
        }
      }
    }
  }

  static void change(Json item, String arguments) {
    item.set(item.at("input").isText() ? "input" : "arguments", Json.quoted(arguments));
  }

  /// The item that stands in the place of a call.
  static String message(Json item, String text) {
    return "{\"id\":%s,\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[%s]}"
        .formatted(Json.quoted(id(item)), part(text));
  }

  static String part(String text) {
    return "{\"type\":\"output_text\",\"text\":%s,\"annotations\":[],\"logprobs\":[]}"
        .formatted(Json.quoted(text));
  }

  /// Ids begin with a word for the type of the item.
  static String id(Json item) {
    String id = item.at("id").text();
    String own = id.isEmpty() ? item.at("call_id").text() : id;
    return "msg_" + own.substring(own.indexOf('_') + 1);
  }
}
