// SPDX-License-Identifier: Apache-2.0
/// Which of the numbers, ids, dates and quotes that an agent told have a source in what it was told
/// or its tools returned.
///
/// In: the dialogue of a run. Out: how many there are, and those without a source. Pure; it knows
/// no language model and asks none.
@NullMarked
package dev.steward.insight.grounding;

import org.jspecify.annotations.NullMarked;
