// SPDX-License-Identifier: Apache-2.0
/// What a model call costs: the usage that providers report, price rows and where they come from,
/// and the exact bill.
///
/// In: usage JSON, price tables, Price resources. Out: a Cost. It must not know where prices are
/// declared or who asks.
@NullMarked
package dev.steward.trace.price;

import org.jspecify.annotations.NullMarked;
