// SPDX-License-Identifier: Apache-2.0
/// What is watched while two versions of an agent are in force.
///
/// In: a plan with its margins and guardrails, and units in the order in which they were known.
/// Out: readings of every test after each unit, and where one crossed its threshold. Pure: it must
/// not know a clock, a run or a release.
@NullMarked
package dev.steward.insight.watch;

import org.jspecify.annotations.NullMarked;
