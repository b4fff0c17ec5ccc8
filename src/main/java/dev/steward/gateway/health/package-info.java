// SPDX-License-Identifier: Apache-2.0
/// How the model providers have answered lately.
///
/// In: what became of each call, from the thread that made it. Out: the view that pages read. It
/// knows nothing of what was asked or answered.
@NullMarked
package dev.steward.gateway.health;

import org.jspecify.annotations.NullMarked;
