// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.Uninterrupted;
import dev.steward.ledger.merkle.MerkleHash;
import dev.steward.ledger.tile.EntryBundle;
import dev.steward.ledger.verify.EntryCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// An append between its caller, who hashed it and waits, and the writer.
final class WaitingAppend {
  private final List<Hashed> entries;
  private final CountDownLatch done = new CountDownLatch(1);
  private List<Receipt> receipts = List.of();
  private @Nullable ApiException failure;

  /// An entry with its hashes, computed by the caller's thread.
  record Hashed(byte[] data, byte[] leafHash, List<Digest> bodyDigests, List<byte[]> bodies) {}

  WaitingAppend(List<Hashed> entries) {
    this.entries = entries;
  }

  static WaitingAppend of(List<Entry> entries, LedgerConfig config) {
    List<Hashed> hashed = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      hashed.add(hash(entry, config));
    }
    return new WaitingAppend(hashed);
  }

  List<Hashed> entries() {
    return entries;
  }

  long bytes() {
    long bytes = 0;
    for (Hashed entry : entries) {
      bytes += entry.data.length;
      for (byte[] body : entry.bodies) {
        bytes += body.length;
      }
    }
    return bytes;
  }

  void succeed(List<Receipt> written) {
    receipts = written;
    done.countDown();
  }

  void fail(ApiException cause) {
    failure = cause;
    done.countDown();
  }

  /// Waits for the writer. An interrupt does not cut it short, as the entries may be written by
  /// then; the thread stays interrupted.
  List<Receipt> await() {
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.await(done::await);
    }
    if (failure != null) {
      throw new ApiException(failure.code(), String.valueOf(failure.getMessage()), failure);
    }
    return receipts;
  }

  private static Hashed hash(Entry entry, LedgerConfig config) {
    if (entry.data().length > EntryBundle.ENTRY_BYTES_MAX) {
      throw new ApiException(
          ErrorCode.TOO_LARGE,
          "a ledger entry of %d bytes: at most %d fit; put the rest into a body and name its digest"
              .formatted(entry.data().length, EntryBundle.ENTRY_BYTES_MAX));
    }
    List<Digest> digests = new ArrayList<>();
    List<byte[]> bodies = new ArrayList<>();
    for (byte[] body : entry.bodies()) {
      if (body.length > config.bodyBytesMax()) {
        throw new ApiException(
            ErrorCode.TOO_LARGE,
            "a body of %d bytes of a ledger entry: at most %d are allowed"
                .formatted(body.length, config.bodyBytesMax()));
      }
      Digest digest = Digest.of(body);
      if (!EntryCheck.names(entry.data(), digest)) {
        throw new IllegalArgumentException("the entry's data does not name its body " + digest);
      }
      if (!digests.contains(digest)) {
        digests.add(digest);
        bodies.add(body);
      }
    }
    return new Hashed(entry.data(), MerkleHash.leaf(entry.data()), digests, bodies);
  }
}
