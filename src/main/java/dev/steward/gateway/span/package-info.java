// SPDX-License-Identifier: Apache-2.0
/// The span that each call leaves, in the words of the GenAI semantic conventions.
///
/// In: what became known of a call. Out: one span, through the journal. It decides nothing, and
/// never holds a call up but at its limits.
@NullMarked
package dev.steward.gateway.span;

import org.jspecify.annotations.NullMarked;
