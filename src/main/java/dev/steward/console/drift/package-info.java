// SPDX-License-Identifier: Apache-2.0
/// The pages of drift: which agents no longer do what they did, how sure that is, since when and
/// why, and what can be done about it.
@NullMarked
package dev.steward.console.drift;

import org.jspecify.annotations.NullMarked;
