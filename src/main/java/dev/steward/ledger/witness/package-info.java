// SPDX-License-Identifier: Apache-2.0
/// The client of C2SP tlog-witness: outside parties that cosign checkpoints. A witness that is down
/// never holds the ledger up.
@NullMarked
package dev.steward.ledger.witness;

import org.jspecify.annotations.NullMarked;
