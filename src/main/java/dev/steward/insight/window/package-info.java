// SPDX-License-Identifier: Apache-2.0
/// How an agent's runs went in hours and days, with what they cost and what was wasted.
///
/// In: runs that have ended and, once for each, its spans. Out: one row a run, and windows made of
/// rows, which can be merged in any order. What was read of a run's spans is kept in a diary, so
/// that they are not read again; all else comes from the trace store, so that a restart loses
/// nothing.
@NullMarked
package dev.steward.insight.window;

import org.jspecify.annotations.NullMarked;
