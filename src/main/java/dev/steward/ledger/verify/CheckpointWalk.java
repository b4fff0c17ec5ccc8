// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.verify;

import dev.steward.ledger.note.Checkpoint;
import dev.steward.ledger.note.KnownKeys;
import dev.steward.ledger.note.NoteException;
import dev.steward.ledger.storage.LedgerView;
import dev.steward.ledger.storage.StoredCheckpoint;
import java.util.ArrayDeque;

/// Goes through the stored checkpoints beside the growing tree. As each has the root of the same
/// tree at its size, all are consistent with each other.
final class CheckpointWalk {
  private static final int CHUNK = 512;

  private final LedgerView view;
  private final CheckpointCheck check;
  private final ArrayDeque<StoredCheckpoint> ahead = new ArrayDeque<>();
  private long nextSize = Long.MIN_VALUE;
  private long signedSize = -1;
  private long count;
  private long cosignatures;

  CheckpointWalk(LedgerView view, KnownKeys keys) {
    this.view = view;
    this.check = new CheckpointCheck(keys);
    fill();
  }

  long signedSize() {
    return signedSize;
  }

  long count() {
    return count;
  }

  /// Checks the checkpoint of the tree's size, if there is one.
  void compare(TreeWalk tree) throws RefutedException {
    while (!ahead.isEmpty() && ahead.getFirst().size() <= tree.size()) {
      StoredCheckpoint stored = ahead.removeFirst();
      Checkpoint checkpoint = read(stored);
      if (!checkpoint.root().equals(tree.root())) {
        throw new RefutedException(
            "entries %d to %d are not those that the checkpoint of size %d was signed over"
                .formatted(Math.max(signedSize, 0), stored.size() - 1, stored.size()));
      }
      signedSize = stored.size();
      count++;
      cosignatures += stored.cosignatures().size();
      if (ahead.isEmpty()) {
        fill();
      }
    }
  }

  /// Checks that no checkpoint is left over and that there was one.
  void finish(TreeWalk tree) throws RefutedException {
    if (!ahead.isEmpty()) {
      read(ahead.getFirst());
      throw new RefutedException(
          tree.size(),
          "entry %d is missing: the checkpoint of size %d covers it"
              .formatted(tree.size(), ahead.getFirst().size()));
    }
    if (signedSize < 0) {
      throw new RefutedException("there is no checkpoint, not even that of the empty log");
    }
    if (view.cosignatureCount() != cosignatures) {
      throw new RefutedException("there is a cosignature of no checkpoint");
    }
  }

  private Checkpoint read(StoredCheckpoint stored) throws RefutedException {
    try {
      return check.read(stored);
    } catch (NoteException e) {
      throw new RefutedException(
          "the checkpoint of size %d: %s".formatted(stored.size(), e.getMessage()));
    }
  }

  private void fill() {
    ahead.addAll(view.checkpoints(nextSize, CHUNK));
    if (!ahead.isEmpty()) {
      nextSize = ahead.getLast().size() + 1;
    }
  }
}
