// SPDX-License-Identifier: Apache-2.0
/// C2SP signed notes, their Ed25519 keys, checkpoints and cosignatures. It must not know a tree or
/// a store.
@NullMarked
package dev.steward.ledger.note;

import org.jspecify.annotations.NullMarked;
