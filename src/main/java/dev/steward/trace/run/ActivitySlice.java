// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import java.time.Instant;

/// What was done in one of several equal slices of a stretch of time.
///
/// @param errors runs with at least one error
/// @param successfulTasks pieces of work with at least one successful run in the slice
public record ActivitySlice(
    Instant from,
    Instant to,
    long runs,
    long withOutcome,
    long successes,
    long errors,
    long successfulTasks,
    RunCost cost) {}
