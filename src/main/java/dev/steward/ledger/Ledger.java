// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.Uninterrupted;
import dev.steward.ledger.merkle.ConsistencyProof;
import dev.steward.ledger.merkle.InclusionProof;
import dev.steward.ledger.merkle.TreeProofs;
import dev.steward.ledger.note.Checkpoint;
import dev.steward.ledger.note.KnownKeys;
import dev.steward.ledger.note.NoteException;
import dev.steward.ledger.note.NoteSignature;
import dev.steward.ledger.note.SigningKey;
import dev.steward.ledger.storage.BrokenLedgerException;
import dev.steward.ledger.storage.LedgerStore;
import dev.steward.ledger.storage.LedgerView;
import dev.steward.ledger.storage.StoredBlob;
import dev.steward.ledger.storage.StoredCheckpoint;
import dev.steward.ledger.storage.StoredEntry;
import dev.steward.ledger.storage.StoredTiles;
import dev.steward.ledger.tile.EntryBundle;
import dev.steward.ledger.tile.Tile;
import dev.steward.ledger.tile.TileNodes;
import dev.steward.ledger.verify.CheckpointCheck;
import dev.steward.ledger.verify.StartCheck;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One append-only Merkle log. Any thread may append and read; one thread of its own writes.
public final class Ledger implements AutoCloseable {
  private static final Duration CHECKPOINT_GRACE = Duration.ofSeconds(5);

  private final LedgerStore store;
  private final SigningKey key;
  private final KnownKeys keys;
  private final LedgerConfig config;
  private final AppendQueue queue;
  private final LedgerWriter writer;
  private final Thread thread;

  private Ledger(
      LedgerStore store, SigningKey key, KnownKeys keys, InstantSource clock, LedgerConfig config) {
    StartCheck.Head head = StartCheck.check(store, key.name(), keys);
    this.store = store;
    this.key = key;
    this.keys = keys;
    this.config = config;
    this.queue = new AppendQueue(key.name(), config);
    this.writer = new LedgerWriter(store, key, clock, config, queue, head);
    this.thread = Thread.ofPlatform().daemon().name("ledger " + key.name()).unstarted(writer);
  }

  /// Opens the log whose origin is the key's name and that has had no other key.
  public static Ledger open(
      LedgerStore store, SigningKey key, InstantSource clock, LedgerConfig config) {
    return open(store, key, KnownKeys.of(key), clock, config);
  }

  /// Opens the log whose origin is the key's name, after verifying its last checkpoint and tail.
  /// From here on the store is the ledger's to close.
  ///
  /// @param keys public keys of the log, now and before, and of its witnesses
  /// @throws BrokenLedgerException when it does not verify
  public static Ledger open(
      LedgerStore store, SigningKey key, KnownKeys keys, InstantSource clock, LedgerConfig config) {
    if (!keys.log().contains(key.verifierKey())) {
      throw new IllegalArgumentException("the signing key is not among the known keys");
    }
    Ledger ledger = new Ledger(store, key, keys, clock, config);
    ledger.thread.start();
    return ledger;
  }

  /// Appends one entry and returns once it is synced, together with whatever others were waiting.
  /// An interrupt does not cut the wait short.
  ///
  /// @throws ApiException LEDGER_BUSY when too much waits, STORAGE_FAILED when the disk refuses,
  ///   TOO_LARGE when the entry or a body is
  public Receipt append(Entry entry) {
    return append(List.of(entry)).getFirst();
  }

  /// Appends all of the entries one behind the other, or none.
  public List<Receipt> append(List<Entry> entries) {
    if (entries.isEmpty()) {
      return List.of();
    }
    WaitingAppend append = WaitingAppend.of(entries, config);
    queue.add(append);
    return append.await();
  }

  /// The name the log has in its checkpoints.
  public String origin() {
    return key.name();
  }

  /// The public keys that its checkpoints may be signed with.
  public KnownKeys keys() {
    return keys;
  }

  /// How many entries are synced.
  public long size() {
    return writer.size();
  }

  /// The data of one entry.
  ///
  /// @throws ApiException NOT_FOUND when the log is shorter
  public byte[] entry(long index) {
    return read(index, 1).stream().findFirst().orElseThrow(() -> absent("entry " + index));
  }

  /// The data of entries in order, fewer than `count` at the end of the log.
  public List<byte[]> read(long from, int count) {
    if (from < 0 || count < 0) {
      throw new IllegalArgumentException("no entries from " + from + ", " + count + " of them");
    }
    return viewed(view -> {
      List<StoredEntry> entries = view.entries(from, count);
      List<byte[]> data = new ArrayList<>(entries.size());
      for (StoredEntry entry : entries) {
        if (entry.index() != from + data.size()) {
          throw new BrokenLedgerException(
              store.place(), "entry " + (from + data.size()) + " is missing");
        }
        data.add(entry.data());
      }
      return data;
    });
  }

  /// The body that has the digest.
  public Optional<byte[]> blob(Digest digest) {
    return viewed(view -> view.blob(digest).map(StoredBlob::bytes));
  }

  /// The newest checkpoint, with the cosignatures it has by now. It covers what was synced up to
  /// the checkpoint interval ago.
  public Checkpoint checkpoint() {
    return writer.board().newest();
  }

  /// The first checkpoint that covers at least `size` entries, empty when none came in time.
  public Optional<Checkpoint> awaitCheckpoint(long size, Duration timeout)
      throws InterruptedException {
    return writer.board().await(size, timeout);
  }

  /// Has a checkpoint signed of what is synced by now, without waiting for the interval: for one
  /// who is about to leave.
  public void hurryCheckpoint() {
    writer.hurry();
  }

  public InclusionProof inclusionProof(long index, long size) {
    if (index < 0 || index >= size || size > size()) {
      throw absent("entry " + index + " in a tree of " + size);
    }
    return viewed(view -> proofs(view).inclusion(index, size));
  }

  public ConsistencyProof consistencyProof(long from, long to) {
    if (from < 0 || from > to || to > size()) {
      throw absent("consistency from " + from + " to " + to);
    }
    return viewed(view -> proofs(view).consistency(from, to));
  }

  /// A tile by C2SP tlog-tiles: the first `width` hashes of it.
  ///
  /// @throws ApiException NOT_FOUND when the log is shorter
  public byte[] tile(int level, long index, int width) {
    if (width < 1 || Tile.widthAt(size(), level, index) < width) {
      throw absent("tile " + index + " of level " + level + " with " + width + " hashes");
    }
    byte[] hashes = viewed(view -> new StoredTiles(store.place(), view).tile(level, index, width));
    return Arrays.copyOf(hashes, width * 32);
  }

  /// The first `width` entries of a bundle by C2SP tlog-tiles.
  ///
  /// @throws ApiException NOT_FOUND when the log is shorter
  public byte[] entryBundle(long index, int width) {
    if (width < 1 || Tile.widthAt(size(), 0, index) < width) {
      throw absent("entry bundle " + index + " with " + width + " entries");
    }
    return EntryBundle.encode(read(index * Tile.WIDTH, width));
  }

  /// A file that proves offline that the entry is in the log, with the newest cosigned checkpoint
  /// that covers it, else the newest. For a fresh entry it waits for the next checkpoint.
  public TlogProof tlogProof(long index) throws InterruptedException {
    if (index < 0 || index >= size()) {
      throw absent("entry " + index);
    }
    Checkpoint checkpoint = covering(index);
    InclusionProof proof = inclusionProof(index, checkpoint.size());
    return new TlogProof(index, proof.path(), checkpoint);
  }

  /// Keeps a witness's cosignatures of one of this log's checkpoints.
  ///
  /// @throws NoteException when one is not by a known witness or does not verify
  public void addCosignatures(Checkpoint checkpoint, List<NoteSignature> cosignatures)
      throws NoteException {
    List<byte[]> lines = cosignatures.stream().map(NoteSignature::bytes).toList();
    StoredCheckpoint stored =
        viewed(view -> view.checkpoints(checkpoint.size(), 1)).stream()
            .filter(found -> found.size() == checkpoint.size())
            .findFirst()
            .orElseThrow(() -> absent("checkpoint of size " + checkpoint.size()));
    new CheckpointCheck(keys).read(new StoredCheckpoint(stored.size(), stored.note(), lines));
    lines.forEach(line -> store.addCosignature(stored.size(), line));
    writer.board().cosigned(stored.size(), cosignatures);
  }

  private Checkpoint covering(long index) throws InterruptedException {
    Optional<StoredCheckpoint> cosigned =
        viewed(LedgerView::lastCosignedCheckpoint).filter(stored -> stored.size() > index);
    if (cosigned.isPresent()) {
      try {
        return new CheckpointCheck(keys).read(cosigned.get());
      } catch (NoteException e) {
        throw new BrokenLedgerException(
            store.place(), "the checkpoint of size " + cosigned.get().size(), e);
      }
    }
    return awaitCheckpoint(index + 1, config.checkpointInterval().plus(CHECKPOINT_GRACE))
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.LEDGER_BUSY,
                "no checkpoint covers entry " + index + " yet; try again in a second"));
  }

  private TreeProofs proofs(LedgerView view) {
    return new TreeProofs(new TileNodes(new StoredTiles(store.place(), view)));
  }

  private <T> T viewed(Function<LedgerView, T> question) {
    try (LedgerView view = store.view()) {
      return question.apply(view);
    }
  }

  private ApiException absent(String what) {
    return new ApiException(
        ErrorCode.NOT_FOUND, "no " + what + " in the ledger " + origin() + " of size " + size());
  }

  /// Writes what waits, signs a last checkpoint and closes the store.
  @Override
  public void close() {
    queue.close();
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.join(thread);
      store.close();
    }
  }
}
