// SPDX-License-Identifier: Apache-2.0
/// Copies of live calls that a version gets whose effects do not happen: which runs are such, what
/// the live runs did, and what came of comparing them.
///
/// In: runs that are begun for copies, tool calls of both sides. Out: who is a shadow, the live
/// run's own result for an equal call, sums for the release. It must not know how calls are sent.
@NullMarked
package dev.steward.gateway.shadow;

import org.jspecify.annotations.NullMarked;
