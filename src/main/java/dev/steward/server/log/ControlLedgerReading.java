// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import dev.steward.console.view.LedgerReading;
import dev.steward.control.access.Actor;
import dev.steward.control.event.Envelope;
import dev.steward.control.event.EnvelopeCodec;
import dev.steward.control.event.Event;
import dev.steward.domain.Digest;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.merkle.MerkleHash;
import dev.steward.ledger.note.Checkpoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The control ledger as the console reads it.
public final class ControlLedgerReading implements LedgerReading {
  /// Entries looked at for one page of a filtered list; the reader goes on from there.
  private static final int LOOKED_AT_MAX = 50_000;

  private static final int READ_AT_ONCE = 500;

  private final Ledger ledger;

  public ControlLedgerReading(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Head head() {
    Checkpoint checkpoint = ledger.checkpoint();
    return new Head(
        ledger.size(),
        checkpoint.size(),
        Base64.getEncoder().encodeToString(checkpoint.root().bytes()),
        lastTime(checkpoint.size()),
        new String(checkpoint.encode(), StandardCharsets.UTF_8));
  }

  /// A checkpoint says no time of its own: that of the last entry it covers is the closest.
  private @Nullable Instant lastTime(long size) {
    return size == 0 ? null : EnvelopeCodec.read(ledger.entry(size - 1)).at();
  }

  @Override
  public List<Line> lines(Filter filter, @Nullable Long before, int limit) {
    long end = before == null ? ledger.size() : Math.min(before, ledger.size());
    long stop = Math.max(0, end - LOOKED_AT_MAX);
    List<Line> found = new ArrayList<>();
    while (end > stop && found.size() < limit) {
      long from = Math.max(stop, end - READ_AT_ONCE);
      List<byte[]> read = ledger.read(from, (int) (end - from));
      for (int i = read.size() - 1; i >= 0 && found.size() < limit; i--) {
        Line line = line(from + i, read.get(i));
        if (matches(filter, line)) {
          found.add(line);
        }
      }
      end = from;
    }
    return found;
  }

  @Override
  public Optional<Line> line(long index) {
    if (index < 0 || index >= ledger.size()) {
      return Optional.empty();
    }
    return Optional.of(line(index, ledger.entry(index)));
  }

  private static Line line(long index, byte[] data) {
    Envelope envelope = EnvelopeCodec.read(data);
    String types =
        envelope.events().stream()
            .map(Event::getClass)
            .map(Class::getSimpleName)
            .distinct()
            .collect(Collectors.joining(", "));
    Actor actor = envelope.actor();
    return new Line(
        index,
        envelope.at(),
        actor,
        types,
        new String(data, StandardCharsets.UTF_8),
        Digest.ofRaw(MerkleHash.leaf(data)).hex());
  }

  private static boolean matches(Filter filter, Line line) {
    return (filter.actor() == null || line.actor().id().equals(filter.actor()))
        && (filter.from() == null || !line.at().isBefore(filter.from()))
        && (filter.to() == null || line.at().isBefore(filter.to()))
        && (filter.thing() == null || names(line, filter.thing()));
  }

  /// Whether the entry names the thing, given as `Kind/name` or a part of either.
  private static boolean names(Line line, String thing) {
    int slash = thing.indexOf('/');
    return slash < 0
        ? line.json().contains(thing)
        : line.json().contains(thing.substring(0, slash))
            && line.json().contains("\"" + thing.substring(slash + 1) + "\"");
  }
}
