// SPDX-License-Identifier: Apache-2.0
/// What was said and returned in a run, in order of time.
///
/// In: the spans of one run with their content. Out: one row of what the agent heard, what its
/// tools returned and what it said. Pure, and bounded in what it reads.
@NullMarked
package dev.steward.insight.dialogue;

import org.jspecify.annotations.NullMarked;
