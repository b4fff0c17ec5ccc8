// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.Digest;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.RuleName;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An entry of the activity ledger about one tool call that does something to the world: that it is
/// about to be sent, or what became of it. Arguments and results stand in it as digests.
public sealed interface EffectEntry {
  String INTENT = "intent";
  String OUTCOME = "outcome";
  int FORM = 1;

  Instant at();

  /// Id of the call's span.
  String call();

  /// A call was about to be sent.
  ///
  /// @param call id of its span
  /// @param traceId of its span
  record Intent(
      Instant at,
      String call,
      String traceId,
      String agent,
      String server,
      String tool,
      String effect)
      implements EffectEntry {}

  /// A call has ended.
  record Outcome(Instant at, String call, Ended ended) implements EffectEntry {}

  /// What became of a call.
  enum Ended {
    /// The tool answered.
    ANSWERED,
    /// The tool answered that it failed.
    TOOL_ERROR,
    /// The server refused it.
    REFUSED,
    /// It never reached the server.
    NOT_SENT,
    /// Nobody knows.
    UNKNOWN;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  static byte[] intent(ToolRecord call, Instant at, long state, Digest pin) {
    ObjectNode entry = entry(INTENT, call.id(), at);
    Place place = call.place();
    entry.put("trace", place == null ? "" : place.traceId());
    entry.put("agent", call.caller().agent().name());
    if (!call.chain().isEmpty()) {
      call.chain().forEach(entry.putArray("chain")::add);
    }
    entry.put("version", call.caller().version().digest().hex());
    entry.put("environment", call.caller().environment());
    entry.put("server", call.server());
    entry.put("tool", call.tool());
    entry.put("definition", pin.hex());
    entry.put("effect", call.effect());
    entry.put("arguments", Digest.of(call.arguments()).hex());
    entry.put("proposedBy", call.proposedBy());
    entry.put("approval", call.approval());
    entry.put("state", state);
    Decision decision = call.decision();
    ArrayNode rules = entry.putArray("rules");
    if (decision != null) {
      entry.put("decision", decision.tier().word());
      for (RuleName rule : decision.grounds().rules()) {
        rules.add(rule.toString());
      }
    }
    return CanonicalJson.bytes(entry);
  }

  static byte[] outcome(ToolRecord call, Instant at, Ended ended) {
    ObjectNode entry = entry(OUTCOME, call.id(), at);
    entry.put("ended", ended.word());
    entry.put("result", call.result().isEmpty() ? "" : Digest.of(call.result()).hex());
    entry.put("millis", Duration.between(call.startedAt(), at).toMillis());
    return CanonicalJson.bytes(entry);
  }

  /// The outcome of a call whose server died before it could say one.
  static byte[] unknown(Intent intent, Instant at) {
    ObjectNode entry = entry(OUTCOME, intent.call(), at);
    entry.put("ended", Ended.UNKNOWN.word());
    return CanonicalJson.bytes(entry);
  }

  private static ObjectNode entry(String kind, String call, Instant at) {
    ObjectNode entry = CanonicalJson.object();
    entry.put("form", FORM);
    entry.put("kind", kind);
    entry.put("at", at.toString());
    entry.put("call", call);
    return entry;
  }

  /// Empty for an entry of another kind.
  static Optional<EffectEntry> read(byte[] data) {
    try {
      JsonNode entry = CanonicalJson.read(data);
      if (entry.path("form").asInt(0) != FORM) {
        return Optional.empty();
      }
      String kind = entry.path("kind").asString("");
      String call = entry.path("call").asString("");
      return switch (kind) {
        case INTENT ->
            Optional.of(
                new Intent(
                    Instant.parse(entry.path("at").asString("")),
                    call,
                    entry.path("trace").asString(""),
                    entry.path("agent").asString(""),
                    entry.path("server").asString(""),
                    entry.path("tool").asString(""),
                    entry.path("effect").asString("")));
        case OUTCOME ->
            Optional.of(
                new Outcome(
                    Instant.parse(entry.path("at").asString("")),
                    call,
                    ended(entry.path("ended").asString(""))));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException | DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static Ended ended(String word) {
    for (Ended ended : Ended.values()) {
      if (ended.word().equals(word)) {
        return ended;
      }
    }
    return Ended.UNKNOWN;
  }
}
