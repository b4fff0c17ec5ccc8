// SPDX-License-Identifier: Apache-2.0
/// Whether an agent still does what it did.
///
/// In: scores between 0 and 1 in their order, and a baseline. Out: evidence of a change, valid at
/// every look. Pure: it must not know a run, a clock or a store.
@NullMarked
package dev.steward.insight.drift;

import org.jspecify.annotations.NullMarked;
