// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import java.time.Instant;

/// A journal record, or the part of one, that could not be loaded: kept with the reason until it is
/// retried or dropped by a person.
///
/// @param id of this letter, UUIDv7
/// @param at position of the journal record that holds it
/// @param spans how many spans of that record are meant
/// @param payload what could not be loaded: a `JournalRecord` of those spans alone, in its stored
///   form, so that it can be read again with its sender and time
public record DeadLetter(
    String id, JournalPosition at, int spans, String reason, byte[] payload, Instant since) {

  /// The part of the journal record that is meant.
  public JournalRecord record() {
    return JournalRecord.of(payload);
  }
}
