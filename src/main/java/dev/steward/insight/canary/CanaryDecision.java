// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import dev.steward.insight.watch.CanaryPlan;
import dev.steward.insight.watch.CurvePoint;
import dev.steward.insight.watch.Reading;
import java.time.Instant;
import java.util.List;

/// The record of one judgement: whoever has it can follow the verdict without asking further.
///
/// @param rule that decided
/// @param why that rule with its numbers, in words
/// @param readings success first, then the guardrails in the plan's order, the assignment, and
///   whether outcomes are told
/// @param assignmentP of the assignment by chi-square, as one look would see it
/// @param units of both arms that were judged
public record CanaryDecision(
    Verdict verdict,
    Rule rule,
    String why,
    Instant at,
    int units,
    List<Reading> readings,
    double assignmentP,
    List<CurvePoint> curve,
    CanaryPlan plan) {
  public CanaryDecision {
    readings = List.copyOf(readings);
    curve = List.copyOf(curve);
  }
}
