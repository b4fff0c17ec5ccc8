// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.ingest;

/// Where all accepted spans are: `accepted = loaded + waiting + deadLetters + duplicates`, always.
///
/// @param accepted acknowledged since the journal began
/// @param loaded in the span store
/// @param waiting in the journal, not loaded yet
/// @param deadLetters could not be loaded; a letter that a person dropped stays counted
/// @param duplicates were in the span store before, as the same or an older version
public record IngestCounts(
    long accepted, long loaded, long waiting, long deadLetters, long duplicates) {

  public boolean addUp() {
    return accepted == loaded + waiting + deadLetters + duplicates;
  }
}
