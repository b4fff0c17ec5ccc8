// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.format.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One entry of the ledger in words.
///
/// @param number its index, with thousands apart
/// @param at null when the entry cannot be read
/// @param actor as people know them
/// @param sentences one for each event
/// @param more how many events are not told, "" for none
/// @param signed whether the newest checkpoint covers it
public record LedgerRow(
    long index,
    String number,
    String href,
    @Nullable Moment at,
    String actor,
    String actorHref,
    List<Sentence> sentences,
    String more,
    boolean signed) {

  /// One fact.
  ///
  /// @param verb what was done: `declared agent`
  /// @param thing to what
  /// @param thingHref entries about the same thing, "" where there is no such list
  /// @param rest the rest of the sentence, "" for none
  public record Sentence(String verb, String thing, String thingHref, String rest) {}
}
