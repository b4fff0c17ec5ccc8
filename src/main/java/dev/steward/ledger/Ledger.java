// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import dev.steward.domain.Digest;
import dev.steward.ledger.merkle.ConsistencyProof;
import dev.steward.ledger.merkle.InclusionProof;
import dev.steward.ledger.note.Checkpoint;
import dev.steward.ledger.note.SigningKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// One append-only Merkle log.
public final class Ledger implements AutoCloseable {
  private final SigningKey key;

  private Ledger(SigningKey key) {
    this.key = key;
  }

  /// Opens the log whose origin is the key's name, after verifying its last checkpoint and tail.
  ///
  /// @throws BrokenLedgerException when it does not verify
  public static Ledger open(
      LedgerStore store, SigningKey key, InstantSource clock, LedgerConfig config) {
    return new Ledger(key);
  }

  /// Appends one entry and returns once it is synced, together with whatever others were waiting.
  ///
  /// @throws dev.steward.domain.ApiException LEDGER_BUSY when too much waits, STORAGE_FAILED when
  ///   the disk refuses, TOO_LARGE when the entry or a body is
  public Receipt append(Entry entry) {
    return append(List.of(entry)).getFirst();
  }

  /// Appends all of the entries one behind the other, or none.
  public List<Receipt> append(List<Entry> entries) {
    throw new UnsupportedOperationException();
  }

  public String origin() {
    return key.name();
  }

  /// How many entries are synced.
  public long size() {
    throw new UnsupportedOperationException();
  }

  /// The data of one entry.
  public byte[] entry(long index) {
    return read(index, 1).getFirst();
  }

  /// The data of entries in order, fewer than `count` at the end of the log.
  public List<byte[]> read(long from, int count) {
    throw new UnsupportedOperationException();
  }

  /// The body that has the digest.
  public Optional<byte[]> blob(Digest digest) {
    throw new UnsupportedOperationException();
  }

  /// The newest checkpoint, with the cosignatures it has by now.
  public Checkpoint checkpoint() {
    throw new UnsupportedOperationException();
  }

  public InclusionProof inclusionProof(long index, long size) {
    throw new UnsupportedOperationException();
  }

  public ConsistencyProof consistencyProof(long from, long to) {
    throw new UnsupportedOperationException();
  }

  /// A tile by C2SP tlog-tiles: `width` hashes of the level.
  public byte[] tile(int level, long index, int width) {
    throw new UnsupportedOperationException();
  }

  /// An entry bundle by C2SP tlog-tiles.
  public byte[] entryBundle(long index, int width) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
