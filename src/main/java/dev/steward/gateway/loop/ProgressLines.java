// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import dev.steward.domain.LoopRule;
import dev.steward.gateway.conversation.Conversation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How far a run has come as members of a line, there and back. What is empty is left out, and what
/// is left out is empty: lines of older versions have fewer members.
final class ProgressLines {
  private ProgressLines() {}

  static void write(Progress progress, ObjectNode line) {
    line.put("steps", progress.steps());
    if (!progress.told().isEmpty()) {
      ArrayNode told = line.putArray("told");
      progress.told().forEach(rule -> told.add(rule.word()));
    }
    if (!progress.widths().isEmpty()) {
      ArrayNode widths = line.putArray("widths");
      progress.widths().forEach(widths::add);
    }
    LastMinute.Spent spent = progress.spent();
    if (!spent.parts().isEmpty()) {
      ObjectNode minute = line.putObject("minute");
      minute.put("currency", spent.currency()).put("newest", spent.newest());
      ArrayNode parts = minute.putArray("parts");
      spent.parts().forEach(part -> parts.add(part.toString()));
    }
    if (!progress.conversations().isEmpty()) {
      ArrayNode conversations = line.putArray("conversations");
      progress.conversations().forEach(kept -> write(kept, conversations.addObject()));
    }
  }

  private static void write(Conversation.Kept kept, ObjectNode into) {
    into.put("first", kept.first()).put("level", kept.level());
    if (!kept.id().isEmpty()) {
      into.put("id", kept.id());
    }
    if (kept.awaited() > 0) {
      into.put("awaited", kept.awaited()).put("begun", kept.begun());
    }
  }

  /// @throws IllegalArgumentException when it is no such line
  static Progress read(JsonNode line) {
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
    return new Progress(
        line.path("steps").longValue(), told, widths, spent(line.path("minute")), conversations);
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
