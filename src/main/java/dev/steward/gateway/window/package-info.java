// SPDX-License-Identifier: Apache-2.0
/// What is counted of one window of a budget, and the log of it.
///
/// In: what calls reserve, settle and give back. Out: what is used, reserved and left, and the
/// entries that say so again after a crash. It knows no calls and lends nothing; whoever counts
/// holds the budgets' lock.
@NullMarked
package dev.steward.gateway.window;

import org.jspecify.annotations.NullMarked;
