// SPDX-License-Identifier: Apache-2.0
/// The control ledger in plain words.
@NullMarked
package dev.steward.console.ledger;

import org.jspecify.annotations.NullMarked;
