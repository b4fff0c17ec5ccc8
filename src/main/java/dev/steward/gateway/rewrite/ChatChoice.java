// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

import dev.steward.gateway.part.Json;
import dev.steward.gateway.ruling.Judge;
import dev.steward.gateway.ruling.Tally;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of the answers that a chat completion gives, as far as its tool calls are concerned.
final class ChatChoice {
  private static final String STOP = "\"stop\"";

  private final Judge judge;
  private final Tally tally = new Tally();
  private final List<ChatCall> calls = new ArrayList<>();
  private @Nullable ChatCall legacy;
  private boolean saidWords;

  /// Where the last refusal was put, and what stands there.
  private @Nullable Json told;

  private String toldText = "";

  ChatChoice(Judge judge) {
    this.judge = judge;
  }

  Tally tally() {
    return tally;
  }

  boolean calls() {
    return !calls.isEmpty() || legacy != null;
  }

  /// Takes what a chunk says.
  List<ChatCall.Piece> take(Json said) {
    return take(said, false);
  }

  /// Takes a whole message, in which each call is there once.
  List<ChatCall.Piece> takeWhole(Json said) {
    return take(said, true);
  }

  private List<ChatCall.Piece> take(Json said, boolean whole) {
    saidWords |= !said.at("content").text().isEmpty();
    List<ChatCall.Piece> pieces = new ArrayList<>();
    for (Json piece : said.at("tool_calls").items()) {
      pieces.add((whole ? begun() : call(piece)).take(said, piece));
    }
    Json function = said.at("function_call");
    if (function.isObject()) {
      ChatCall call = legacy == null ? new ChatCall(this, calls.size()) : legacy;
      legacy = call;
      pieces.add(call.take(said, function));
    }
    return pieces;
  }

  /// Some servers give no index, or the same one to every call: then the id tells calls apart, or
  /// that a whole one is followed by a name.
  private ChatCall call(Json piece) {
    String id = piece.at("id").text();
    int index = piece.at("index").whole(-1);
    boolean named = !ChatCall.function(piece).at("name").text().isEmpty();
    for (int i = calls.size() - 1; i >= 0; i--) {
      ChatCall known = calls.get(i);
      boolean same = index < 0 || known.index() == index;
      boolean goesOn =
          id.isEmpty() ? !named || !known.whole() : known.id().isEmpty() && !known.whole();
      if ((known.id().equals(id) && !id.isEmpty()) || (same && goesOn)) {
        return known;
      }
    }
    // Pieces of several calls may come in turns, so one that is not whole yet may go on.
    judgeWhile(true);
    return begun();
  }

  private ChatCall begun() {
    ChatCall call = new ChatCall(this, calls.size());
    calls.add(call);
    return call;
  }

  /// All of its calls are whole now.
  void over() {
    judgeWhile(false);
    if (legacy != null && !legacy.judged()) {
      legacy.judge(judge);
    }
  }

  /// What is not whole yet is too long to wait for.
  void tooLong() {
    for (ChatCall call : calls) {
      if (!call.judged()) {
        call.judgeUnread(judge);
      }
    }
    if (legacy != null && !legacy.judged()) {
      legacy.judgeUnread(judge);
    }
  }

  private void judgeWhile(boolean whole) {
    for (ChatCall call : calls) {
      if (!call.judged()) {
        if (whole && !call.whole()) {
          return;
        }
        call.judge(judge);
      }
    }
  }

  /// How many of the calls before that one were held back.
  int heldBackBefore(int place) {
    int heldBack = 0;
    for (ChatCall call : calls.subList(0, Math.min(place, calls.size()))) {
      heldBack += call.heldBack() ? 1 : 0;
    }
    return heldBack;
  }

  /// Puts a refusal behind what is said in words.
  void say(String text, Json said) {
    Json content = said.at("content");
    if (content.isArray()) {
      content.add("{\"type\":\"text\",\"text\":" + Json.quoted(text) + "}");
      return;
    }
    String before = said == told ? toldText : content.text();
    toldText = before + (saidWords ? "\n\n" : "") + text;
    told = said;
    saidWords = true;
    said.set("content", Json.quoted(toldText));
  }

  /// Says that the answer has ended, where nothing is left to be called.
  static void correct(Json reason, Tally tally) {
    if (tally.noneLeft()
        && (reason.text().equals("tool_calls") || reason.text().equals("function_call"))) {
      reason.write(STOP);
    }
  }
}
