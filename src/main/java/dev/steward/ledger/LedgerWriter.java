// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.ledger.merkle.MerkleHash;
import dev.steward.ledger.note.Checkpoint;
import dev.steward.ledger.note.SigningKey;
import dev.steward.ledger.storage.LedgerStore;
import dev.steward.ledger.storage.LedgerView;
import dev.steward.ledger.storage.StoredBlob;
import dev.steward.ledger.storage.StoredEntry;
import dev.steward.ledger.storage.StoredTiles;
import dev.steward.ledger.tile.GrowingTree;
import dev.steward.ledger.verify.StartCheck;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The one thread that writes a log: it takes what waits, writes it in one transaction, answers,
/// and signs a checkpoint when one is due.
final class LedgerWriter implements Runnable {
  private static final System.Logger LOG = System.getLogger(LedgerWriter.class.getName());
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final LedgerStore store;
  private final SigningKey key;
  private final InstantSource clock;
  private final Duration interval;
  private final AppendQueue queue;
  private final CheckpointBoard board;
  private GrowingTree tree;
  private boolean treeInDoubt;
  private Instant lastSigned = Instant.EPOCH;
  private volatile long size;
  private volatile boolean hurried;

  LedgerWriter(
      LedgerStore store,
      SigningKey key,
      InstantSource clock,
      LedgerConfig config,
      AppendQueue queue,
      StartCheck.Head head) {
    this.store = store;
    this.key = key;
    this.clock = clock;
    this.interval = config.checkpointInterval();
    this.queue = queue;
    this.tree = head.tree();
    this.size = tree.size();
    this.board = new CheckpointBoard(head.checkpoint().orElseGet(this::sign));
  }

  CheckpointBoard board() {
    return board;
  }

  long size() {
    return size;
  }

  /// Signs what is synced by now without waiting for the interval.
  void hurry() {
    hurried = true;
    queue.wake();
  }

  @Override
  public void run() {
    try {
      while (!queue.finished()) {
        List<WaitingAppend> batch = queue.take(untilDue());
        if (!batch.isEmpty()) {
          write(batch);
        }
        if (unsigned() && untilDue().isZero()) {
          publish();
        }
      }
      if (unsigned()) {
        publish();
      }
    } catch (InterruptedException e) {
      queue.close();
      throw new IllegalStateException("nobody interrupts the writer of a ledger", e);
    }
  }

  private void write(List<WaitingAppend> batch) {
    try {
      if (treeInDoubt) {
        readTreeAgain();
      }
      List<List<Receipt>> receipts = commit(batch);
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).succeed(receipts.get(i));
      }
    } catch (RuntimeException | Error e) {
      if (!treeInDoubt) {
        LOG.log(System.Logger.Level.ERROR, "the ledger " + key.name() + " cannot be written", e);
      }
      treeInDoubt = true;
      ApiException failure =
          e instanceof ApiException known
              ? known
              : new ApiException(
                  ErrorCode.STORAGE_FAILED, "the ledger cannot be written: " + e.getMessage(), e);
      batch.forEach(append -> append.fail(failure));
    }
  }

  private List<List<Receipt>> commit(List<WaitingAppend> batch) {
    GrowingTree next = tree.copy();
    List<StoredEntry> entries = new ArrayList<>();
    List<StoredBlob> blobs = new ArrayList<>();
    List<List<Receipt>> receipts = new ArrayList<>();
    for (WaitingAppend append : batch) {
      List<Receipt> ofAppend = new ArrayList<>(append.entries().size());
      for (WaitingAppend.Hashed entry : append.entries()) {
        long index = next.size();
        next.append(entry.leafHash());
        entries.add(new StoredEntry(index, entry.data(), joined(entry.bodyDigests())));
        for (int body = 0; body < entry.bodies().size(); body++) {
          blobs.add(new StoredBlob(entry.bodyDigests().get(body), index, entry.bodies().get(body)));
        }
        ofAppend.add(new Receipt(index, Digest.ofRaw(entry.leafHash())));
      }
      receipts.add(ofAppend);
    }
    store.append(entries, next.changed(), blobs);
    if (treeInDoubt) {
      LOG.log(System.Logger.Level.INFO, "the ledger {0} can be written again", key.name());
      treeInDoubt = false;
    }
    tree = next;
    size = next.size();
    return receipts;
  }

  /// After a refused write: what the store holds decides, not what the writer remembers.
  private void readTreeAgain() {
    try (LedgerView view = store.view()) {
      tree = GrowingTree.of(view.size(), new StoredTiles(store.place(), view));
      size = tree.size();
    }
  }

  private boolean unsigned() {
    return !treeInDoubt && tree.size() != board.newest().size();
  }

  /// How long to wait for appends before a checkpoint is due. A clock that was set back does not
  /// put it off.
  private Duration untilDue() {
    if (!unsigned()) {
      return IDLE;
    }
    Duration since = Duration.between(lastSigned, clock.instant());
    boolean due = hurried || since.isNegative() || since.compareTo(interval) >= 0;
    return due ? Duration.ZERO : interval.minus(since);
  }

  private void publish() {
    hurried = false;
    try {
      board.publish(sign());
    } catch (RuntimeException e) {
      lastSigned = clock.instant();
      LOG.log(System.Logger.Level.ERROR, "no checkpoint of the ledger " + key.name(), e);
    }
  }

  /// Signs what is synced, and keeps the checkpoint before anyone can see it.
  private Checkpoint sign() {
    Checkpoint checkpoint = Checkpoint.sign(key, tree.size(), tree.root());
    store.addCheckpoint(checkpoint.size(), checkpoint.encode());
    lastSigned = clock.instant();
    return checkpoint;
  }

  private static byte[] joined(List<Digest> digests) {
    ByteBuffer joined = ByteBuffer.allocate(digests.size() * MerkleHash.LENGTH);
    digests.forEach(digest -> joined.put(digest.bytes()));
    return joined.array();
  }
}
