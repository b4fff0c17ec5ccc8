// SPDX-License-Identifier: Apache-2.0
/// The page of budgets: how much of each is left, where it is heading, and more for one that runs
/// out.
@NullMarked
package dev.steward.console.budget;

import org.jspecify.annotations.NullMarked;
