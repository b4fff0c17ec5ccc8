// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

import dev.steward.gateway.part.Json;
import dev.steward.gateway.wire.Operation;
import java.util.List;

/// Tool calls in answers that came whole.
final class WholeCalls {
  private WholeCalls() {}

  /// Edits the answer as was ruled.
  static void judge(Operation operation, Json root, Judge judge) {
    switch (operation) {
      case CHAT -> chat(root, judge);
      default -> {}
    }
  }

  private static void chat(Json root, Judge judge) {
    for (Json told : root.at("choices").items()) {
      ChatChoice choice = new ChatChoice(judge);
      List<ChatCall.Piece> pieces = choice.takeWhole(told.at("message"));
      choice.over();
      pieces.forEach(ChatCall.Piece::apply);
      ChatChoice.correct(told.at("finish_reason"), choice.tally());
    }
  }
}
