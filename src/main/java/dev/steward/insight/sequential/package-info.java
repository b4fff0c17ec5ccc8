// SPDX-License-Identifier: Apache-2.0
/// Tests that may be looked at as often as one likes.
///
/// In: counts, sums and single values of two arms. Out: evidence as the logarithm of an e-value,
/// and intervals that hold at all times together. Pure: it must not know a run, a clock or a store.
@NullMarked
package dev.steward.insight.sequential;

import org.jspecify.annotations.NullMarked;
