// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

import dev.steward.gateway.part.Json;
import dev.steward.gateway.ruling.Judge;
import dev.steward.gateway.ruling.Proposed;
import dev.steward.gateway.ruling.Ruling;
import dev.steward.gateway.ruling.Tally;

/// Tool calls in Gemini's interactions.
final class Interactions {
  private Interactions() {}

  /// Edits a whole interaction.
  static void edit(Json root, Judge judge) {
    Tally tally = new Tally();
    for (String list : new String[] {"outputs", "steps"}) {
      for (Json item : root.at(list).items()) {
        if (item.at("type").text().equals("function_call")) {
          edit(item, tally.count(judge.judge(call(item))));
        }
      }
    }
    Json status = root.at("status");
    if (tally.noneLeft() && status.text().equals("requires_action")) {
      status.write("\"completed\"");
    }
  }

  private static Proposed call(Json item) {
    Json arguments = item.at("arguments");
    return new Proposed(
        item.at("id").text(),
        item.at("name").text(),
        arguments.isText() ? arguments.text() : arguments.said() ? arguments.raw() : "",
        Proposed.Form.JSON);
  }

  private static void edit(Json item, Ruling ruling) {
    switch (ruling) {
      case Ruling.Pass _ -> {}
      case Ruling.Change(String arguments) ->
          item.set("arguments", item.at("arguments").isText() ? Json.quoted(arguments) : arguments);
      case Ruling.HoldBack(String text) ->
          item.write("{\"type\":\"text\",\"text\":" + Json.quoted(text) + "}");
    }
  }
}
