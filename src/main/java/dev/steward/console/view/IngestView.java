// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.view;

import dev.steward.control.access.Actor;
import dev.steward.trace.DeadLetter;
import dev.steward.trace.ingest.Arrivals;
import dev.steward.trace.ingest.IngestStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The way of spans into the store: how many are where, and what could not be loaded.
public interface IngestView {
  /// @throws dev.steward.domain.ApiException while the past is not attached
  Counts counts();

  /// Spans that could not be loaded; 0 while that is not known, so that every page can ask.
  default long knownDeadLetters() {
    return counts().deadLetters();
  }

  /// What has arrived since the server started.
  Arrivals.Report arrivals();

  /// How ingest is doing, beside the counts of spans.
  IngestStatus status();

  /// The oldest dead letters first.
  List<DeadLetter> deadLetters(int limit);

  /// Sends dead letters through the loader again.
  ///
  /// @return how many of them were still there
  int retry(Set<String> ids, Actor actor);

  /// Gives dead letters up for good.
  ///
  /// @return how many of them were still there
  int drop(Set<String> ids, Actor actor);

  /// In spans: `accepted = loaded + waiting + deadLetters + duplicates`.
  ///
  /// @param lag age of the oldest record that waits, zero when none does
  /// @param refused requests that were answered 429 or 503 since the server started
  record Counts(
      long accepted,
      long loaded,
      long waiting,
      long deadLetters,
      long duplicates,
      Duration lag,
      long refused) {}
}
