// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

import dev.steward.gateway.part.Json;
import dev.steward.gateway.ruling.Judge;
import dev.steward.gateway.ruling.Proposed;
import dev.steward.gateway.ruling.Ruling;
import org.jspecify.annotations.Nullable;

/// A tool call of a chat completion: its id and name come first, its arguments in pieces.
final class ChatCall {
  private final ChatChoice choice;
  private final int place;
  private final StringBuilder arguments = new StringBuilder();
  private String id = "";
  private String name = "";
  private int index = -1;
  private boolean text;
  private boolean begun;
  private boolean unread;
  private @Nullable Ruling ruling;

  /// @param place among the calls of its answer
  ChatCall(ChatChoice choice, int place) {
    this.choice = choice;
    this.place = place;
  }

  /// One piece of it.
  ///
  /// @param said the delta or message that it stands in
  /// @param late whether it came when the call was judged already, so that nobody may get it
  record Piece(ChatCall call, Json said, Json told, boolean first, boolean late) {

    /// Does with it what was ruled.
    void apply() {
      switch (call.ruling) {
        case null -> throw new IllegalStateException("the call is not judged yet");
        case Ruling.Pass _ -> {
          if (late) {
            remove();
          } else {
            call.renumber(told);
          }
        }
        case Ruling.Change(String changed) -> {
          if (first) {
            function(told).set(call.text ? "input" : "arguments", Json.quoted(changed));
            call.renumber(told);
          } else {
            remove();
          }
        }
        case Ruling.HoldBack(String refusal) -> {
          remove();
          if (first) {
            call.choice.say(refusal, said);
          }
        }
      }
    }

    private void remove() {
      told.remove();
      Json all = said.at("tool_calls");
      if (all.isArray() && all.items().stream().allMatch(Json::removed)) {
        all.remove();
      }
    }
  }

  Piece take(Json said, Json told) {
    Json function = function(told);
    text |= told.at("custom").isObject();
    id = id.isEmpty() ? told.at("id").text() : id;
    name = name.isEmpty() ? function.at("name").text() : name;
    index = index < 0 ? told.at("index").whole(-1) : index;
    String more = function.at("arguments").text() + function.at("input").text();
    boolean late = judged() && !unread && !more.isBlank();
    boolean first = !begun;
    begun = true;
    if (!judged()) {
      arguments.append(more);
    }
    return new Piece(this, said, told, first, late);
  }

  static Json function(Json told) {
    if (told.at("custom").isObject()) {
      return told.at("custom");
    }
    return told.at("function").isObject() ? told.at("function") : told;
  }

  String id() {
    return id;
  }

  int index() {
    return index;
  }

  /// Whether its arguments are JSON that nothing can follow. Empty ones may still come.
  boolean whole() {
    return !text && !arguments.isEmpty() && Json.read(utf8(arguments)).isPresent();
  }

  private static byte[] utf8(StringBuilder text) {
    return text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  boolean judged() {
    return ruling != null;
  }

  boolean heldBack() {
    return ruling instanceof Ruling.HoldBack;
  }

  /// Judges it without its arguments, of which there are too many.
  void judgeUnread(Judge judge) {
    unread = true;
    judge(call -> judge.judge(call.tooLong()));
  }

  void judge(Judge judge) {
    Proposed.Form form = text ? Proposed.Form.TEXT : Proposed.Form.JSON;
    ruling = choice.tally().count(judge.judge(new Proposed(id, name, arguments.toString(), form)));
  }

  /// Clients put calls into a list by their index, so it has no gaps.
  private void renumber(Json told) {
    int gone = choice.heldBackBefore(place);
    if (gone > 0 && index == place && told.at("index").present()) {
      told.at("index").write(Integer.toString(index - gone));
    }
  }
}
