// SPDX-License-Identifier: Apache-2.0
/// What one model call heard and said, and the blocks in which that is shown.
@NullMarked
package dev.steward.console.turn;

import org.jspecify.annotations.NullMarked;
