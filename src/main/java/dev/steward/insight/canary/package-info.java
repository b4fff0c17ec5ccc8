// SPDX-License-Identifier: Apache-2.0
/// The judge of a canary.
///
/// In: a trial (which two versions, since when, with which shares and by which plan) and the runs
/// of both as the trace room has them. Out: a decision with its verdict, the rule, the numbers and
/// the curves. It must not know a release, and changes nothing.
@NullMarked
package dev.steward.insight.canary;

import org.jspecify.annotations.NullMarked;
