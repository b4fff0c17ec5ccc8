// SPDX-License-Identifier: Apache-2.0
/// Public price tables as Price resources.
///
/// In: a file of one of the forms that others publish. Out: prices, and the rows that gave none. It
/// must not know how a price is looked up.
@NullMarked
package dev.steward.trace.pricetable;

import org.jspecify.annotations.NullMarked;
