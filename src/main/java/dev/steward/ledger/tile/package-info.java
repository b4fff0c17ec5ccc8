// SPDX-License-Identifier: Apache-2.0
/// The tree cut into C2SP tlog-tiles: their paths, bytes and growth. It must not know a store.
@NullMarked
package dev.steward.ledger.tile;

import org.jspecify.annotations.NullMarked;
