// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.storage;

import dev.steward.domain.Digest;
import java.util.List;
import java.util.Optional;

/// A log as it was committed at one moment; what is written later is not seen. Close it soon: an
/// open view keeps the store from reclaiming space.
public interface LedgerView extends AutoCloseable {

  /// One more than the highest index.
  long size();

  /// Entries by ascending index, at most `count`; an index that is missing is left out.
  List<StoredEntry> entries(long from, int count);

  Optional<byte[]> tile(int level, long index);

  /// How many tiles are kept, of all levels.
  long tileCount();

  Optional<StoredBlob> blob(Digest digest);

  /// Digests after the given one in ascending order, each with the entry that brought it; bytes are
  /// left empty.
  List<StoredBlob> blobsAfter(Optional<Digest> digest, int count);

  /// Checkpoints by ascending size, at most `count`.
  List<StoredCheckpoint> checkpoints(long fromSize, int count);

  Optional<StoredCheckpoint> lastCheckpoint();

  /// The newest one that at least one witness has cosigned.
  Optional<StoredCheckpoint> lastCosignedCheckpoint();

  /// How many cosignatures are kept, of all checkpoints.
  long cosignatureCount();

  /// What the database finds wrong with its own files, empty when nothing. Reads everything.
  List<String> damage();

  @Override
  void close();
}
