// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import dev.steward.domain.LoopRule;
import dev.steward.gateway.conversation.Conversation;
import dev.steward.trace.content.CanonicalObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// How far a run has come as a part of a line, there and back. What is empty is left out, and what
/// is left out is empty: lines of older versions have fewer members.
final class ProgressLines {
  private ProgressLines() {}

  static String write(Progress progress) {
    CanonicalObject line = new CanonicalObject(128);
    if (!progress.conversations().isEmpty()) {
      List<String> conversations = new ArrayList<>();
      progress.conversations().forEach(kept -> conversations.add(write(kept)));
      line.json("conversations", "[" + String.join(",", conversations) + "]");
    }
    if (!progress.spent().parts().isEmpty()) {
      line.json("minute", write(progress.spent()));
    }
    if (!progress.told().isEmpty()) {
      line.texts("told", progress.told().stream().map(LoopRule::word).toList());
    }
    if (!progress.widths().isEmpty()) {
      line.json("widths", progress.widths().toString().replace(" ", ""));
    }
    return line.written();
  }

  private static String write(LastMinute.Spent spent) {
    List<String> parts = new ArrayList<>();
    spent.parts().forEach(part -> parts.add(part.toString()));
    return new CanonicalObject(96)
        .text("currency", spent.currency())
        .number("newest", spent.newest())
        .texts("parts", parts)
        .written();
  }

  private static String write(Conversation.Kept kept) {
    return new CanonicalObject(96)
        .number("awaited", kept.awaited())
        .number("begun", kept.begun())
        .number("first", kept.first())
        .text("id", kept.id())
        .number("level", kept.level())
        .written();
  }

  /// @throws IllegalArgumentException when it is no such line
  static Progress read(long steps, JsonNode line) {
    Set<LoopRule> told = EnumSet.noneOf(LoopRule.class);
    for (JsonNode word : line.path("told")) {
      LoopRule.of(word.asString("")).ifPresent(told::add);
    }
    List<Long> widths = new ArrayList<>();
    for (JsonNode width : line.path("widths")) {
      widths.add(width.longValue());
    }
    List<Conversation.Kept> conversations = new ArrayList<>();
    for (JsonNode kept : line.path("conversations")) {
      conversations.add(
          new Conversation.Kept(
              kept.path("first").longValue(),
              kept.path("id").asString(""),
              kept.path("level").intValue(),
              kept.path("awaited").intValue(0),
              kept.path("begun").intValue(0)));
    }
    return new Progress(steps, told, widths, spent(line.path("minute")), conversations);
  }

  private static LastMinute.Spent spent(JsonNode minute) {
    if (!minute.isObject()) {
      return LastMinute.Spent.NOTHING;
    }
    List<BigDecimal> parts = new ArrayList<>();
    for (JsonNode part : minute.path("parts")) {
      parts.add(new BigDecimal(part.stringValue()));
    }
    return new LastMinute.Spent(
        minute.path("currency").stringValue(), minute.path("newest").longValue(), parts);
  }
}
