// SPDX-License-Identifier: Apache-2.0
/// The immutable fold of the control ledger, and what it is folded from.
@NullMarked
package dev.steward.control.state;

import org.jspecify.annotations.NullMarked;
