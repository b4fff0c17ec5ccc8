// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.diff.TextDiff;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How things were after an entry: one of them, or the list of all.
///
/// @param entry its number, with thousands apart
/// @param row the entry in words
/// @param thing kind and name, "" for the list
/// @param text the thing as it was, null where it was not there
/// @param missing why there is no text, "" where there is
/// @param changed what the entry changed of it, null for the list
/// @param since what has changed of it until now, null for the list
/// @param history entries that are about it
/// @param kinds all that there was, by kind
public record StatePage(
    Frame frame,
    String entry,
    String entryHref,
    LedgerRow row,
    String thing,
    @Nullable String text,
    String missing,
    @Nullable TextDiff changed,
    @Nullable TextDiff since,
    String history,
    List<OfKind> kinds) {

  /// The things of one kind.
  ///
  /// @param more how many are not listed, "" for none
  public record OfKind(String kind, String count, List<Link> things, String more) {}
}
