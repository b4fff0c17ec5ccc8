// SPDX-License-Identifier: Apache-2.0
/// What the ledger says of changes that a second person must accept: what each would change, why it
/// widens what agents may do or spend, and how it ended.
@NullMarked
package dev.steward.control.proposal;

import org.jspecify.annotations.NullMarked;
