// SPDX-License-Identifier: Apache-2.0
/// Tool calls that were made, taken up again.
///
/// In comes what runs have recorded; out go calls with what was known when they were made, as
/// policies decide on them. It must not know policies.
@NullMarked
package dev.steward.insight.replay;

import org.jspecify.annotations.NullMarked;
