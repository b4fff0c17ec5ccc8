// SPDX-License-Identifier: Apache-2.0
/// The ledgers as they are read from outside: tiles and checkpoints in the C2SP formats, entries
/// and proofs for people.
@NullMarked
package dev.steward.server.log;

import org.jspecify.annotations.NullMarked;
