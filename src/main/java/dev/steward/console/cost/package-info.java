// SPDX-License-Identifier: Apache-2.0
/// What agents cost: by whom and what, over time, against the time before, and for each success.
@NullMarked
package dev.steward.console.cost;

import org.jspecify.annotations.NullMarked;
