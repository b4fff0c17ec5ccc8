// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.load;

import dev.steward.trace.Batch;
import dev.steward.trace.DeadLetter;
import dev.steward.trace.Journal;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.Sender;
import dev.steward.trace.reading.Facts;
import dev.steward.trace.reading.OneSpan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Turns what lies in the journal into batches in which every accepted span is accounted for: read,
/// or in a dead letter.
final class RecordsToBatches {
  private static final System.Logger LOG = System.getLogger(RecordsToBatches.class.getName());

  private final Reading reading;
  private final InstantSource clock;
  private final Supplier<String> ids;

  RecordsToBatches(Reading reading, InstantSource clock, Supplier<String> ids) {
    this.reading = reading;
    this.clock = clock;
    this.ids = ids;
  }

  Read read(Journal.Entry entry) {
    return switch (entry) {
      case Journal.Entry.Whole(JournalRecord record, JournalPosition at) ->
          new Read(record, batch(record, at));
      case Journal.Entry.Damaged damaged -> damaged(damaged);
    };
  }

  /// What a record says, as a batch of its own.
  Batch batch(JournalRecord record, JournalPosition at) {
    Facts facts;
    try {
      facts = reading.read(record);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      LOG.log(System.Logger.Level.WARNING, "a record at " + at + " cannot be read", e);
      return Read.of(List.of(letter(record, at, "it cannot be read: " + e)), at);
    }
    int unreadable = facts.unreadable().stream().mapToInt(Facts.Unreadable::spans).sum();
    if (facts.spans().size() + unreadable != record.spans()) {
      String reason =
          "%d spans were read and %d found unreadable, out of %d accepted"
              .formatted(facts.spans().size(), unreadable, record.spans());
      return Read.of(List.of(letter(record, at, reason)), at);
    }
    List<DeadLetter> letters = new ArrayList<>();
    for (Facts.Unreadable part : facts.unreadable()) {
      letters.add(letter(record.part(part.spans(), part.payload()), at, part.reason()));
    }
    return new Batch(
        facts.spans(),
        facts.evaluations(),
        facts.contents(),
        facts.logs(),
        facts.metrics(),
        letters,
        at,
        (span, reason) -> letter(record.part(1, OneSpan.of(record, span.key())), at, reason),
        facts.moved());
  }

  /// The whole record as one letter.
  DeadLetter letter(JournalRecord record, JournalPosition at, String reason) {
    return new DeadLetter(ids.get(), at, record.spans(), reason, record.bytes(), clock.instant());
  }

  private Read damaged(Journal.Entry.Damaged damaged) {
    Instant now = clock.instant();
    List<DeadLetter> letters = new ArrayList<>();
    JournalRecord rest = null;
    long left = damaged.spans();
    do {
      int spans = (int) Math.min(left, Integer.MAX_VALUE);
      rest =
          new JournalRecord(
              JournalRecord.Signal.TRACES, spans, now, Sender.UNKNOWN, damaged.bytes());
      letters.add(letter(rest, damaged.position(), damaged.reason()));
      left -= spans;
    } while (left > 0);
    return new Read(rest, Read.of(letters, damaged.position()));
  }
}
