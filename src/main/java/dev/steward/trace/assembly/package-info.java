// SPDX-License-Identifier: Apache-2.0
/// From spans to runs: which runs a trace holds and what each of them says.
///
/// In: all spans and evaluations of one trace. Out: its runs. It is a pure function of the set: the
/// order in which the spans arrived never shows.
@NullMarked
package dev.steward.trace.assembly;

import org.jspecify.annotations.NullMarked;
