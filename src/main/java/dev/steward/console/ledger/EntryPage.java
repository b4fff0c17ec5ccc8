// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.frame.Frame;
import dev.steward.console.part.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One entry of a ledger.
///
/// @param log control or activity
/// @param things what it is about, each with the address of its state after the entry
/// @param proofHref address of its proof, "" while no checkpoint covers it
/// @param entryHref address of its bytes
/// @param keys lines that name the public keys of the ledger
/// @param json its data, with indents
/// @param before address of the entry before, null at the first
/// @param after address of the entry after, null at the last
public record EntryPage(
    Frame frame,
    String log,
    LedgerRow row,
    List<Link> things,
    String leafHash,
    String proofHref,
    String entryHref,
    String keys,
    String json,
    int bytes,
    @Nullable String before,
    @Nullable String after) {}
