// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One of the two ledgers, to be read.
public interface LedgerReading {
  /// `control` or `activity`, as in addresses.
  String name();

  Head head();

  /// The public keys that its checkpoints may be signed with, each as a line of a C2SP tlog-policy:
  /// `log VKEY` or `witness NAME VKEY`.
  List<String> keys();

  /// Entries in order, from an index on; fewer at the end of the log.
  List<Line> lines(long from, int count);

  Optional<Line> line(long index);

  /// The text beside the ledger that an entry commits to by its digest, such as a reason; empty
  /// when it was erased.
  Optional<String> text(String digest);

  /// The log and its newest signed checkpoint.
  ///
  /// @param size entries in the log
  /// @param checkpointSize entries that the checkpoint covers
  /// @param root base64 root hash
  /// @param signedAt null while nothing is signed
  /// @param checkpoint the signed note, "" while there is none
  record Head(
      long size, long checkpointSize, String root, @Nullable Instant signedAt, String checkpoint) {}

  /// One entry.
  ///
  /// @param data as it lies in the log
  /// @param leafHash hex
  record Line(long index, byte[] data, String leafHash) {}
}
