// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

import dev.steward.gateway.part.Json;
import dev.steward.gateway.part.Part;
import dev.steward.gateway.ruling.CallStream;
import dev.steward.gateway.ruling.Judge;
import dev.steward.gateway.ruling.Proposed;
import dev.steward.gateway.ruling.Ruling;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/// Tool calls in Gemini's answers, each whole within one piece of a stream, so that nothing waits.
/// What signs a thought stays in its part.
final class GenerateCalls implements CallStream {
  private final Judge judge;

  /// What became of a call that goes on in the next pieces, by candidate.
  private final Map<Integer, Ruling> goesOn = new HashMap<>();

  GenerateCalls(Judge judge) {
    this.judge = judge;
  }

  @Override
  public void take(Part part, ByteArrayOutputStream out) {
    edit(part.json());
    out.writeBytes(part.bytes());
  }

  @Override
  public void end(ByteArrayOutputStream out) {
    // Nothing waits.
  }

  /// Edits a whole answer, or a piece of one.
  void edit(Json answer) {
    for (Json candidate : answer.at("candidates").items()) {
      int index = candidate.at("index").whole(0);
      for (Json part : candidate.at("content").at("parts").items()) {
        if (part.at("functionCall").isObject()) {
          edit(index, part, part.at("functionCall"));
        }
      }
    }
  }

  private void edit(int index, Json part, Json call) {
    boolean open = call.at("willContinue").raw().equals("true");
    boolean pieces = open || call.at("partialArgs").present();
    Ruling before = goesOn.get(index);
    if (before != null && call.at("name").text().isEmpty()) {
      if (before instanceof Ruling.HoldBack) {
        part.remove();
      }
      if (!open) {
        goesOn.remove(index);
      }
      return;
    }
    Json args = call.at("args");
    Ruling ruling =
        judge.judge(
            new Proposed(
                call.at("id").text(),
                call.at("name").text(),
                args.said() ? args.raw() : "",
                pieces ? Proposed.Form.PIECES : Proposed.Form.JSON));
    if (open) {
      goesOn.put(index, ruling);
    }
    switch (ruling) {
      case Ruling.Pass _ -> {}
      case Ruling.Change(String arguments) -> call.set("args", arguments);
      case Ruling.HoldBack(String text) -> {
        call.remove();
        part.set("text", Json.quoted(text));
      }
    }
  }
}
