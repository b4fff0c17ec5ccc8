// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.frame.Frame;

/// Where a proof from anywhere is checked in the browser.
///
/// @param keys lines that name the public keys of the ledgers
public record CheckPage(Frame frame, String keys) {}
