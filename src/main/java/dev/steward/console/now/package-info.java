// SPDX-License-Identifier: Apache-2.0
/// Now: whether anything is wrong, what, since when, and what can be done.
@NullMarked
package dev.steward.console.now;

import org.jspecify.annotations.NullMarked;
