// SPDX-License-Identifier: Apache-2.0
/// What of a recorded call can be proven later.
///
/// In: a span as it is kept. Out: one text of all that it says, and its digest. It must not know
/// where digests are kept.
@NullMarked
package dev.steward.trace.evidence;

import org.jspecify.annotations.NullMarked;
