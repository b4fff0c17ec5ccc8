// SPDX-License-Identifier: Apache-2.0
/// The append-only Merkle log: an entry goes in, a receipt comes out; anyone can check it offline.
///
/// In: entries as bytes, and the bodies they name by digest. Out: receipts, signed checkpoints,
/// tiles, proofs, and a verifier that names the first bad entry. It must not know what an entry
/// means, nor which database keeps it.
@NullMarked
package dev.steward.ledger;

import org.jspecify.annotations.NullMarked;
