// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import dev.steward.control.event.Envelope;
import dev.steward.control.event.EnvelopeCodec;
import dev.steward.control.event.Event;
import dev.steward.control.shelf.Shelf;
import dev.steward.control.state.Fold;
import dev.steward.control.state.SnapshotCodec;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.storage.BrokenLedgerException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// State rebuilt from the ledger, from the beginning or from a snapshot that the ledger vouches
/// for.
final class Replay {
  private static final int READ_ENTRIES = 4000;

  /// A snapshot is recorded soon after its last entry; past this many it is not looked for.
  private static final int VOUCHING_ENTRIES_MAX = 100_000;

  private final Ledger ledger;
  private final SnapshotStore snapshots;
  private final Shelf shelf;

  Replay(Ledger ledger, SnapshotStore snapshots, Shelf shelf) {
    this.ledger = ledger;
    this.snapshots = snapshots;
    this.shelf = shelf;
  }

  /// The State after so many entries.
  State at(long sequence) {
    if (sequence < 0 || sequence > ledger.size()) {
      throw new IllegalArgumentException(
          "the control ledger has " + ledger.size() + " entries, not " + sequence);
    }
    State start = vouchedSnapshot(sequence).orElseGet(() -> State.empty(shelf));
    Fold fold = new Fold(start);
    for (long from = start.sequence(); from < sequence; from += READ_ENTRIES) {
      int count = (int) Math.min(READ_ENTRIES, sequence - from);
      List<byte[]> entries = ledger.read(from, count);
      if (entries.size() != count) {
        throw new IllegalStateException("the control ledger ends before entry " + (from + count));
      }
      envelopes(from, entries).forEach(fold::add);
    }
    return fold.state();
  }

  /// How many entries there were at the moment. Times in the ledger never go back.
  long sequenceAt(Instant moment) {
    long low = 0;
    long high = ledger.size();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (envelope(middle, ledger.entry(middle)).at().isAfter(moment)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private Optional<State> vouchedSnapshot(long sequenceMax) {
    return snapshots
        .newest(sequenceMax)
        .filter(this::vouched)
        .map(snapshot -> SnapshotCodec.read(snapshot.bytes(), shelf));
  }

  private boolean vouched(SnapshotStore.StoredSnapshot snapshot) {
    Event wanted = new Event.SnapshotTaken(snapshot.sequence(), Digest.of(snapshot.bytes()));
    long end = Math.min(ledger.size(), snapshot.sequence() + VOUCHING_ENTRIES_MAX);
    for (long from = snapshot.sequence(); from < end; from += READ_ENTRIES) {
      List<byte[]> entries = ledger.read(from, (int) Math.min(READ_ENTRIES, end - from));
      if (envelopes(from, entries).stream().anyMatch(e -> e.events().contains(wanted))) {
        return true;
      }
    }
    return false;
  }

  /// Parsing is most of the work of a fold and the only part that more cores can share.
  private static List<Envelope> envelopes(long from, List<byte[]> entries) {
    return IntStream.range(0, entries.size())
        .parallel()
        .mapToObj(i -> envelope(from + i, entries.get(i)))
        .toList();
  }

  private static Envelope envelope(long index, byte[] entry) {
    try {
      return EnvelopeCodec.read(entry);
    } catch (IllegalArgumentException e) {
      throw new BrokenLedgerException(
          "control at entry " + index, String.valueOf(e.getMessage()), e);
    }
  }
}
