// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.verify;

import dev.steward.domain.Digest;
import dev.steward.ledger.note.KnownKeys;
import dev.steward.ledger.storage.BrokenLedgerException;
import dev.steward.ledger.storage.LedgerStore;
import dev.steward.ledger.storage.LedgerView;
import dev.steward.ledger.storage.StoredBlob;
import dev.steward.ledger.storage.StoredEntry;
import dev.steward.ledger.tile.Tile;
import dev.steward.ledger.verify.VerifyResult.Broken;
import dev.steward.ledger.verify.VerifyResult.Verified;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Recomputes a stored log from its entries: every hash, tile, root, body and signature. It needs
/// no server, and none to be stopped.
///
/// What it cannot see: entries behind the last checkpoint that were changed with their tiles, and a
/// log cut back to an older state with the checkpoints since then. See RATIONALE.md.
public final class LedgerVerifier {
  private static final int CHUNK = 512;

  private final LedgerStore store;
  private final KnownKeys keys;
  private final BodyNames names;

  public LedgerVerifier(LedgerStore store, KnownKeys keys, BodyNames names) {
    this.store = store;
    this.keys = keys;
    this.names = names;
  }

  public VerifyResult verify() {
    return verify(_ -> {});
  }

  /// @param progress told from time to time how many entries are done
  public VerifyResult verify(LongConsumer progress) {
    try (LedgerView view = store.view()) {
      return walk(view, progress);
    } catch (RefutedException e) {
      return new Broken(e.index(), e.what(), BrokenLedgerException.REMEDY);
    } catch (BrokenLedgerException e) {
      return new Broken(-1, e.what(), BrokenLedgerException.REMEDY);
    }
  }

  private Verified walk(LedgerView view, LongConsumer progress) throws RefutedException {
    CheckpointWalk checkpoints = new CheckpointWalk(view, keys);
    TreeWalk tree = new TreeWalk(store.place(), view, names);
    checkpoints.compare(tree);
    for (List<StoredEntry> chunk = view.entries(Long.MIN_VALUE, CHUNK);
        !chunk.isEmpty();
        chunk = view.entries(tree.size(), CHUNK)) {
      for (StoredEntry entry : chunk) {
        tree.next(entry);
        checkpoints.compare(tree);
      }
      progress.accept(tree.size());
    }
    checkpoints.finish(tree);
    if (view.tileCount() != Tile.countAt(tree.size())) {
      throw new RefutedException("there are tiles that no entry lies under");
    }
    long blobs = blobs(view);
    List<String> damage = view.damage();
    if (!damage.isEmpty()) {
      throw new RefutedException("the database finds its file damaged: " + damage.getFirst());
    }
    return new Verified(
        tree.size(), checkpoints.signedSize(), tree.root(), checkpoints.count(), blobs);
  }

  /// Every body is listed by the entry it came with; the entries have checked those they list.
  private static long blobs(LedgerView view) throws RefutedException {
    long count = 0;
    Optional<Digest> last = Optional.empty();
    for (List<StoredBlob> chunk = view.blobsAfter(last, CHUNK);
        !chunk.isEmpty();
        chunk = view.blobsAfter(last, CHUNK)) {
      for (StoredBlob blob : chunk) {
        boolean listed =
            view.entries(blob.entry(), 1).stream()
                .filter(entry -> entry.index() == blob.entry())
                .anyMatch(entry -> EntryCheck.bodies(entry).contains(blob.digest()));
        if (!listed) {
          throw new RefutedException(
              "the body %s is kept as that of entry %d, which does not list it"
                  .formatted(blob.digest(), blob.entry()));
        }
      }
      count += chunk.size();
      last = Optional.of(chunk.getLast().digest());
    }
    return count;
  }
}
