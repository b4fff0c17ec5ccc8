// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import dev.steward.console.view.LedgerReading;
import dev.steward.control.event.EnvelopeCodec;
import dev.steward.control.state.State;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A ledger as the console reads it.
public final class LedgerBook implements LedgerReading {
  private final String name;
  private final Ledger ledger;
  private final Supplier<State> state;

  /// @param name control or activity
  public LedgerBook(String name, Ledger ledger, Supplier<State> state) {
    this.name = name;
    this.ledger = ledger;
    this.state = state;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> keys() {
    return ledger.keys().lines();
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
    if (size == 0) {
      return null;
    }
    try {
      return EnvelopeCodec.read(ledger.entry(size - 1)).at();
    } catch (IllegalArgumentException _) {
      // an entry of another form says no time that could be read here
      return null;
    }
  }

  @Override
  public List<Line> lines(long from, int count) {
    List<byte[]> read = ledger.read(from, count);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      lines.add(line(from + i, read.get(i)));
    }
    return lines;
  }

  @Override
  public Optional<Line> line(long index) {
    return index < 0 || index >= ledger.size()
        ? Optional.empty()
        : Optional.of(line(index, ledger.entry(index)));
  }

  @Override
  public Optional<String> text(String digest) {
    return state.get().text(new Digest(digest));
  }

  private static Line line(long index, byte[] data) {
    return new Line(index, data, Digest.ofRaw(MerkleHash.leaf(data)).hex());
  }
}
