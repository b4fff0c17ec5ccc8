// SPDX-License-Identifier: Apache-2.0
/// What other policies would make of calls.
///
/// In come two sets of policies and calls with what was known of them; out go those that the two
/// decide on otherwise. It must not know where the calls come from.
@NullMarked
package dev.steward.policy.preview;

import org.jspecify.annotations.NullMarked;
