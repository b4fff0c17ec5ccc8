// SPDX-License-Identifier: Apache-2.0
/// The checks of a stored log: of its end at every start, of everything on request. It trusts
/// nothing but the public keys it is given.
@NullMarked
package dev.steward.ledger.verify;

import org.jspecify.annotations.NullMarked;
