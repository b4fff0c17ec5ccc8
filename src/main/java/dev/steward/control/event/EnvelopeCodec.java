// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.event;

import dev.steward.control.access.Actor;
import dev.steward.control.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Envelopes as canonical JSON with the number of the form they are written in.
public final class EnvelopeCodec {
  private static final int FORM = 1;

  /// Room for the envelope around the events, and a safe distance from the 64 KiB of an entry.
  private static final int EVENT_BYTES_MAX = 60_000;

  /// Entries were written by this class, so members that stand twice are not looked for: it costs a
  /// third of the time to fold.
  private static final JsonMapper ENTRIES =
      CanonicalJson.MAPPER.rebuild().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private EnvelopeCodec() {}

  /// One entry to be.
  public record Part(Envelope envelope, byte[] bytes) {}

  /// The entries of one command: as few as hold its events.
  ///
  /// @throws IllegalArgumentException when one event is too large for an entry
  public static List<Part> write(Instant at, Actor actor, List<? extends Event> events) {
    List<List<Event>> parts = new ArrayList<>();
    List<StringBuilder> texts = new ArrayList<>();
    int room = 0;
    for (Event event : events) {
      String text = text(event);
      int size = text.getBytes(StandardCharsets.UTF_8).length + 1;
      if (size > EVENT_BYTES_MAX) {
        throw new IllegalArgumentException(
            event.getClass().getSimpleName() + " of " + size + " bytes does not fit an entry");
      }
      if (size > room) {
        parts.add(new ArrayList<>());
        texts.add(new StringBuilder());
        room = EVENT_BYTES_MAX;
      }
      parts.getLast().add(event);
      texts.getLast().append(texts.getLast().isEmpty() ? "" : ",").append(text);
      room -= size;
    }
    List<Part> written = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Envelope envelope = new Envelope(at, actor, parts.size() - 1 - i, parts.get(i));
      written.add(new Part(envelope, envelope(envelope, texts.get(i))));
    }
    return written;
  }

  /// @throws IllegalArgumentException when it is not an entry that this program understands
  public static Envelope read(byte[] entry) {
    JsonNode node;
    try {
      node = ENTRIES.readTree(entry);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
    int form = node.path("v").asInt(0);
    if (form != FORM) {
      throw new IllegalArgumentException(
          "written in form " + form + " of the control ledger, this program reads " + FORM);
    }
    try {
      List<Event> events = new ArrayList<>();
      for (JsonNode event : node.get("events").values()) {
        events.add(EventReader.read(event));
      }
      return new Envelope(
          Instant.parse(node.get("at").stringValue()),
          new Actor(
              node.get("actor").get("kind").stringValue(),
              node.get("actor").get("id").stringValue()),
          node.path("rest").asInt(0),
          events);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a control event: " + e.getMessage(), e);
    }
  }

  private static String text(Event event) {
    ObjectNode node = CanonicalJson.MAPPER.valueToTree(event);
    node.put("type", event.getClass().getSimpleName());
    return CanonicalJson.text(node);
  }

  /// Members in the canonical order, around events that are written already.
  private static byte[] envelope(Envelope envelope, CharSequence events) {
    ObjectNode actor = CanonicalJson.object();
    actor.put("kind", envelope.actor().kind()).put("id", envelope.actor().id());
    String rest = envelope.rest() == 0 ? "" : ",\"rest\":" + envelope.rest();
    return ("{\"actor\":"
            + CanonicalJson.text(actor)
            + ",\"at\":\""
            + envelope.at()
            + "\",\"events\":["
            + events
            + "]"
            + rest
            + ",\"v\":"
            + FORM
            + "}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
