// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.view;

import dev.steward.control.access.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The control ledger as people read it.
public interface LedgerReading {
  Head head();

  /// Entries that match, newest first.
  ///
  /// @param before only entries with a smaller index; null from the newest
  List<Line> lines(Filter filter, @Nullable Long before, int limit);

  Optional<Line> line(long index);

  /// The log and its newest signed checkpoint.
  ///
  /// @param size entries in the log
  /// @param checkpointSize entries that the checkpoint covers
  /// @param root base64 root hash
  /// @param signedAt null while nothing is signed
  /// @param checkpoint the signed note, "" while there is none
  record Head(
      long size, long checkpointSize, String root, @Nullable Instant signedAt, String checkpoint) {}

  /// Which entries are wanted; null does not filter.
  ///
  /// @param actor id of an actor
  /// @param thing kind/name, such as `Agent/refunds`, or a part of it
  record Filter(
      @Nullable String actor,
      @Nullable String thing,
      @Nullable Instant from,
      @Nullable Instant to) {}

  /// One entry.
  ///
  /// @param type name of the event, such as `ResourceApplied`
  /// @param json the entry's data as it lies in the log
  /// @param leafHash hex
  record Line(long index, Instant at, Actor actor, String type, String json, String leafHash) {}
}
