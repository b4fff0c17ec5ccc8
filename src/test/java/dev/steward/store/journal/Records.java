// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.journal;

import dev.steward.trace.Journal;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.Sender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Journal records for tests, told apart by their text.
final class Records {
  private static final Instant RECEIVED = Instant.parse("2026-11-21T08:00:00.123456789Z");

  private Records() {}

  static JournalRecord of(int spans, String text) {
    Sender sender = new Sender("refunds", "production", null, "run-1", null, "task é");
    return new JournalRecord(
        JournalRecord.Signal.TRACES,
        spans,
        RECEIVED,
        sender,
        text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(JournalRecord record) {
    return new String(record.payload(), StandardCharsets.UTF_8);
  }

  /// All that can be read now behind the position.
  static List<Journal.Entry> entries(Journal journal, JournalPosition from) {
    List<Journal.Entry> entries = new ArrayList<>();
    try (Journal.Reader reader = journal.reader(from)) {
      while (reader.ready()) {
        entries.add(reader.next());
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    return entries;
  }

  /// The texts of the whole records behind the position.
  static List<String> texts(Journal journal, JournalPosition from) {
    return entries(journal, from).stream()
        .filter(Journal.Entry.Whole.class::isInstance)
        .map(entry -> text(((Journal.Entry.Whole) entry).record()))
        .toList();
  }

  /// How many spans the damaged stretches behind the position account for.
  static long damagedSpans(Journal journal, JournalPosition from) {
    return entries(journal, from).stream()
        .filter(Journal.Entry.Damaged.class::isInstance)
        .mapToLong(entry -> ((Journal.Entry.Damaged) entry).spans())
        .sum();
  }
}
