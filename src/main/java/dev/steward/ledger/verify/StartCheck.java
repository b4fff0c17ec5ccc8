// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.verify;

import dev.steward.domain.Digest;
import dev.steward.ledger.merkle.CompactRange;
import dev.steward.ledger.merkle.MerkleHash;
import dev.steward.ledger.note.Checkpoint;
import dev.steward.ledger.note.KnownKeys;
import dev.steward.ledger.note.NoteException;
import dev.steward.ledger.storage.BrokenLedgerException;
import dev.steward.ledger.storage.LedgerStore;
import dev.steward.ledger.storage.LedgerView;
import dev.steward.ledger.storage.StoredCheckpoint;
import dev.steward.ledger.storage.StoredEntry;
import dev.steward.ledger.storage.StoredTiles;
import dev.steward.ledger.tile.GrowingTree;
import dev.steward.ledger.tile.LeafHashes;
import dev.steward.ledger.tile.TileNodes;
import dev.steward.ledger.tile.TileSource;
import java.util.List;
import java.util.Optional;

/// The check of a log at its start: the last checkpoint's signature and root, and every entry
/// behind it. The rest is `LedgerVerifier`'s.
public final class StartCheck {
  private static final int CHUNK = 1024;

  private final String place;
  private final String origin;
  private final LedgerView view;
  private final KnownKeys keys;
  private final TileSource tiles;

  /// What a ledger goes on from.
  public record Head(GrowingTree tree, Optional<Checkpoint> checkpoint) {}

  private StartCheck(String place, String origin, LedgerView view, KnownKeys keys) {
    this.place = place;
    this.origin = origin;
    this.view = view;
    this.keys = keys;
    this.tiles = new StoredTiles(place, view);
  }

  /// @throws BrokenLedgerException when something does not fit
  public static Head check(LedgerStore store, String origin, KnownKeys keys) {
    try (LedgerView view = store.view()) {
      return new StartCheck(store.place(), origin, view, keys).head();
    }
  }

  private Head head() {
    Optional<StoredCheckpoint> stored = view.lastCheckpoint();
    if (stored.isEmpty()) {
      if (view.size() > 0) {
        throw broken("there are " + view.size() + " entries and no checkpoint");
      }
      return new Head(GrowingTree.of(0, tiles), Optional.empty());
    }
    Checkpoint checkpoint = read(stored.get());
    if (checkpoint.size() > view.size()) {
      throw broken(
          "its last checkpoint says %d entries, but entry %d is missing"
              .formatted(checkpoint.size(), view.size()));
    }
    CompactRange range = CompactRange.of(checkpoint.size(), new TileNodes(tiles));
    requireRoot("the checkpoint of size " + checkpoint.size(), range.root(), checkpoint.root());
    appendTail(range);
    GrowingTree tree = GrowingTree.of(view.size(), tiles);
    requireRoot("the tail behind the last checkpoint", tree.root(), range.root());
    return new Head(tree, Optional.of(checkpoint));
  }

  private Checkpoint read(StoredCheckpoint stored) {
    try {
      Checkpoint checkpoint = new CheckpointCheck(keys).read(stored);
      if (!checkpoint.origin().equals(origin)) {
        throw new NoteException("it is of the log " + checkpoint.origin());
      }
      return checkpoint;
    } catch (NoteException e) {
      throw new BrokenLedgerException(
          place, "the checkpoint of size " + stored.size() + ": " + e.getMessage(), e);
    }
  }

  private void appendTail(CompactRange range) {
    EntryCheck check = new EntryCheck(view, BodyNames.AS_STORED);
    LeafHashes leaves = new LeafHashes(tiles, view.size());
    while (range.size() < view.size()) {
      List<StoredEntry> entries = view.entries(range.size(), CHUNK);
      if (entries.isEmpty()) {
        throw broken("entry " + range.size() + " is missing");
      }
      for (StoredEntry entry : entries) {
        if (entry.index() != range.size()) {
          throw broken("entry " + range.size() + " is missing");
        }
        byte[] leafHash = MerkleHash.leaf(entry.data());
        check
            .problem(entry, leafHash, leaves.at(entry.index()))
            .ifPresent(problem -> {
              throw broken("entry " + entry.index() + ": " + problem);
            });
        range.append(leafHash, (_, _, _) -> {});
      }
    }
  }

  private void requireRoot(String what, Digest computed, Digest expected) {
    if (!computed.equals(expected)) {
      throw broken(what + " does not have the root hash that the tiles give");
    }
  }

  private BrokenLedgerException broken(String what) {
    return new BrokenLedgerException(place, what);
  }
}
