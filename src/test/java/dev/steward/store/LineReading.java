// SPDX-License-Identifier: Apache-2.0
package dev.steward.store;

import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.Sender;
import dev.steward.trace.load.Reading;
import dev.steward.trace.reading.Facts;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Origin;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Reads records in which each line is a span: its number and its name. What it cannot read it
/// says, or throws, or hides, as the name tells.
final class LineReading implements Reading {
  static final String UNREADABLE = "unreadable";
  static final String THROWS = "throws";
  static final String LOST = "lost";
  private static final Instant AT = Instant.parse("2026-01-01T08:00:00Z");

  private volatile boolean cured;

  /// From now on everything can be read.
  void cure() {
    cured = true;
  }

  /// A record of one span a line, such as `17 refund`.
  static JournalRecord record(String... lines) {
    return new JournalRecord(
        JournalRecord.Signal.TRACES,
        lines.length,
        AT,
        Sender.UNKNOWN,
        String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  static SpanKey key(long number) {
    return new SpanKey("%032x".formatted(number / 10), "%016x".formatted(number));
  }

  @Override
  public Facts read(JournalRecord record) {
    List<Span> spans = new ArrayList<>();
    List<Facts.Unreadable> unreadable = new ArrayList<>();
    for (String line : new String(record.payload(), StandardCharsets.UTF_8).lines().toList()) {
      List<String> words = List.of(line.split(" ", 2));
      String name = words.getLast();
      boolean odd = !cured;
      if (odd && name.equals(THROWS)) {
        throw new IllegalStateException("cannot be read at all");
      } else if (odd && name.equals(UNREADABLE)) {
        byte[] part = line.getBytes(StandardCharsets.UTF_8);
        unreadable.add(new Facts.Unreadable(1, "no name I know", part));
      } else if (!odd || !name.equals(LOST)) {
        spans.add(span(Long.parseLong(words.getFirst()), name));
      }
    }
    return new Facts(spans, List.of(), List.of(), List.of(), List.of(), unreadable);
  }

  private static Span span(long number, String name) {
    return new Span(
        key(number),
        null,
        SpanKind.OTHER,
        name,
        Span.Status.OK,
        null,
        AT,
        AT,
        AT,
        new Origin("test", null, null, null, null, null, null, null, null, null),
        null,
        null,
        Content.NONE,
        null,
        null,
        List.of(),
        new Raw("{}", "{}", "", "", 1, "", List.of(), List.of(), "none"),
        Digest.of(name));
  }
}
