// SPDX-License-Identifier: Apache-2.0
/// Live: what is in flight at this moment, how the model providers answer, and what is killed.
@NullMarked
package dev.steward.console.live;

import org.jspecify.annotations.NullMarked;
