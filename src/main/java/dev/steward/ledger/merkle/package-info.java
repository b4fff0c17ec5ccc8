// SPDX-License-Identifier: Apache-2.0
/// The RFC 6962 tree: hashes, roots, proofs and their checks. It must not know tiles or a store.
@NullMarked
package dev.steward.ledger.merkle;

import org.jspecify.annotations.NullMarked;
