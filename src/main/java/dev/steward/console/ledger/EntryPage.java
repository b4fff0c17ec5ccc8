// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.frame.Frame;

/// One entry of the ledger.
///
/// @param proofHref address of its proof, "" while no checkpoint covers it
/// @param json its data, with indents
public record EntryPage(
    Frame frame, LedgerRow row, String leafHash, String proofHref, String json, int bytes) {}
