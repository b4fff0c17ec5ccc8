// SPDX-License-Identifier: Apache-2.0
/// Which run a call belongs to. What comes in is a request and later its answer; what goes out is
/// the call's place. It keeps digests and ids, never what was said, but for the few words that open
/// a run.
@NullMarked
package dev.steward.gateway.run;

import org.jspecify.annotations.NullMarked;
