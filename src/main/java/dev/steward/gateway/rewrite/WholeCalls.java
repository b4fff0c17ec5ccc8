// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

import dev.steward.gateway.block.ConverseBlocks;
import dev.steward.gateway.block.MessagesBlocks;
import dev.steward.gateway.block.ResponseItems;
import dev.steward.gateway.part.Json;
import dev.steward.gateway.ruling.Judge;
import dev.steward.gateway.ruling.Ruling;
import dev.steward.gateway.ruling.Tally;
import dev.steward.gateway.wire.Operation;
import java.util.List;

/// Tool calls in answers that came whole.
final class WholeCalls {
  private WholeCalls() {}

  /// Edits the answer as was ruled.
  static void judge(Operation operation, Json root, Judge judge) {
    switch (operation) {
      case CHAT -> chat(root, judge);
      case RESPONSES -> new ResponseItems(judge).edit(root.at("output"));
      case MESSAGES -> messages(root, judge);
      case CONVERSE, CONVERSE_STREAM -> converse(root, judge);
      case GENERATE, STREAM_GENERATE -> new GenerateCalls(judge).edit(root);
      case INVOKE, INVOKE_STREAM -> invoked(root, judge);
      case INTERACTIONS -> Interactions.edit(root, judge);
      case EMBEDDINGS,
          OPENAI_MODELS,
          COUNT_TOKENS,
          ANTHROPIC_MODELS,
          GEMINI_EMBED,
          GEMINI_COUNT_TOKENS,
          BEDROCK_COUNT_TOKENS -> {
        // No model speaks.
      }
    }
  }

  /// The body is in the form of the model's maker.
  private static void invoked(Json root, Judge judge) {
    chat(root, judge);
    messages(root, judge);
    converse(root, judge);
  }

  private static void messages(Json root, Judge judge) {
    Tally tally = new Tally();
    for (Json block : root.at("content").items()) {
      if (block.at("type").text().equals("tool_use")) {
        switch (tally.count(judge.judge(MessagesBlocks.call(block)))) {
          case Ruling.Pass _ -> {}
          case Ruling.Change(String arguments) -> block.set("input", arguments);
          case Ruling.HoldBack(String text) -> block.write(MessagesBlocks.text(text));
        }
      }
    }
    MessagesBlocks.correct(root.at("stop_reason"), tally);
  }

  private static void converse(Json root, Judge judge) {
    Tally tally = new Tally();
    for (Json block : root.at("output").at("message").at("content").items()) {
      Json use = block.at("toolUse");
      if (ConverseBlocks.isCall(use)) {
        switch (tally.count(judge.judge(ConverseBlocks.call(use)))) {
          case Ruling.Pass _ -> {}
          case Ruling.Change(String arguments) -> use.set("input", arguments);
          case Ruling.HoldBack(String text) -> block.write("{\"text\":" + Json.quoted(text) + "}");
        }
      }
    }
    ConverseBlocks.correct(root.at("stopReason"), tally);
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
