// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.format.Took;
import dev.steward.console.ledger.LedgerRow.Sentence;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An entry of the activity ledger in words: that calls were recorded, that one was about to be
/// sent, or what became of it.
///
/// @param who the agent, or Steward itself
record ActivityEntry(Instant at, String who, Sentence sentence) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String STEWARD = "Steward";
  private static final int FORM = 1;

  /// Empty for what is no such entry, or one that only a newer Steward can read.
  static Optional<ActivityEntry> read(byte[] data) {
    try {
      JsonNode entry = JSON.readTree(data);
      return entry.path("form").asInt(0) == FORM ? read(entry) : Optional.empty();
    } catch (JacksonException | DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<ActivityEntry> read(JsonNode entry) {
    Instant at = Instant.parse(text(entry, "at"));
    return switch (text(entry, "kind")) {
      case "calls" -> Optional.of(new ActivityEntry(at, STEWARD, calls(entry)));
      case "intent" -> Optional.of(new ActivityEntry(at, text(entry, "agent"), intent(entry)));
      case "outcome" -> Optional.of(new ActivityEntry(at, STEWARD, outcome(entry)));
      case "settled" -> Optional.of(new ActivityEntry(at, STEWARD, settled(entry)));
      default -> Optional.empty();
    };
  }

  boolean by(String actor) {
    return contains(who, actor);
  }

  boolean about(String thing) {
    return contains(who, thing)
        || contains(sentence.thing(), thing)
        || contains(sentence.rest(), thing);
  }

  private static Sentence calls(JsonNode entry) {
    return new Sentence(
        "recorded what was sent and answered in",
        Figures.of(entry.path("calls").asLong(0), "call", "calls"),
        "",
        "under digest " + Ids.middle(text(entry, "digests")));
  }

  private static Sentence intent(JsonNode entry) {
    String tool = text(entry, "server") + "/" + text(entry, "tool");
    String effect = text(entry, "effect");
    return new Sentence(
        "was let call",
        tool,
        PageUrl.of("/ledger/activity").with("thing", tool).toString(),
        "in "
            + text(entry, "environment")
            + (effect.isEmpty() ? "" : ", effect " + effect)
            + ", call "
            + Ids.middle(text(entry, "call")));
  }

  private static Sentence outcome(JsonNode entry) {
    String call = text(entry, "call");
    JsonNode millis = entry.path("millis");
    return new Sentence(
        ended(text(entry, "ended")),
        Ids.middle(call),
        "",
        millis.isMissingNode()
            ? ""
            : "after " + Took.of(Duration.ofMillis(Math.max(0, millis.asLong(0)))));
  }

  private static String ended(String word) {
    return switch (word) {
      case "answered" -> "saw the tool answer call";
      case "tool-error" -> "saw the tool fail at call";
      case "refused" -> "saw the server refuse call";
      case "not-sent" -> "could not send call";
      default -> "does not know what became of call";
    };
  }

  private static Sentence settled(JsonNode entry) {
    long unknown = entry.path("unknown").asLong(0);
    return new Sentence(
        unknown == 0
            ? "found at its start that every call has its outcome"
            : "found at its start "
                + Figures.of(unknown, "call", "calls")
                + " of which nobody knows the outcome",
        "",
        "",
        "");
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static String text(JsonNode entry, String field) {
    return entry.path(field).asString("");
  }
}
