// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import dev.steward.domain.release.CanaryVerdict;
import dev.steward.insight.sequential.Interval;
import dev.steward.insight.watch.CurvePoint;
import dev.steward.insight.watch.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A decision as it is kept and told: the verdict, the rule, the numbers and the curves.
///
/// @param verdict promote, roll-back, hold or inconclusive
/// @param rule that decided
/// @param why that rule with its numbers
/// @param units of both versions that were judged
/// @param readings success first, then the guardrails, the assignment, and whether outcomes are
///   told
/// @param assignmentP of the assignment by chi-square, as one look would see it
/// @param curve the oldest first
/// @param terms by which it was judged
public record CanaryRecord(
    String verdict,
    String rule,
    String why,
    Instant at,
    int units,
    List<TestReading> readings,
    double assignmentP,
    List<CanaryPoint> curve,
    Map<String, String> terms) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// JSON has no infinity.
  private static final double MOST = 1e300;

  public CanaryRecord {
    readings = List.copyOf(readings);
    curve = List.copyOf(curve);
    terms = new TreeMap<>(terms);
  }

  /// From where to where.
  public record Bounds(double lower, double upper) {
    private static @Nullable Bounds of(Optional<Interval> interval) {
      return interval
          .map(range -> new Bounds(finite(range.lower()), finite(range.upper())))
          .orElse(null);
    }
  }

  /// What one test says.
  ///
  /// @param control mean, share or count there, as `canary`
  /// @param interval of the difference in success, or of the ratio of means; null for none
  /// @param logEvidence natural logarithm of the e-value, towards worse
  /// @param threshold that it must reach
  /// @param crossedAt unit at which it first did, null for never
  public record TestReading(
      String name,
      long controlUnits,
      long canaryUnits,
      double control,
      double canary,
      @Nullable Bounds interval,
      double logEvidence,
      double threshold,
      @Nullable Integer crossedAt) {
    private static TestReading of(Reading reading) {
      return new TestReading(
          reading.name(),
          reading.controlUnits(),
          reading.canaryUnits(),
          finite(reading.control()),
          finite(reading.canary()),
          Bounds.of(reading.interval()),
          finite(reading.logEvidence()),
          reading.threshold(),
          reading.crossed().map(Reading.Crossing::units).orElse(null));
    }
  }

  /// One point of the curves.
  ///
  /// @param difference in success, canary less control
  /// @param interval of it, null for too little
  /// @param logEvidence of each test by its name
  public record CanaryPoint(
      int units,
      Instant at,
      double difference,
      @Nullable Bounds interval,
      Map<String, Double> logEvidence) {
    private static CanaryPoint of(CurvePoint point) {
      Map<String, Double> evidence = new TreeMap<>();
      point.logEvidence().forEach((name, value) -> evidence.put(name, finite(value)));
      return new CanaryPoint(
          point.units(),
          point.at(),
          finite(point.difference()),
          Bounds.of(point.interval()),
          evidence);
    }
  }

  /// @param terms of the release
  static CanaryRecord of(CanaryDecision decision, Map<String, String> terms) {
    List<TestReading> lines = new ArrayList<>();
    for (Reading reading : decision.readings()) {
      lines.add(TestReading.of(reading));
    }
    List<CanaryPoint> points = new ArrayList<>();
    for (CurvePoint point : decision.curve()) {
      points.add(CanaryPoint.of(point));
    }
    return new CanaryRecord(
        verdict(decision.verdict()).word(),
        decision.rule().word(),
        decision.why(),
        decision.at(),
        decision.units(),
        lines,
        finite(decision.assignmentP()),
        points,
        terms);
  }

  /// What a release is told of a verdict.
  static CanaryVerdict verdict(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Promote _ -> CanaryVerdict.PROMOTE;
      case Verdict.RollBack _ -> CanaryVerdict.ROLL_BACK;
      case Verdict.Hold _ -> CanaryVerdict.HOLD;
      case Verdict.Inconclusive _ -> CanaryVerdict.INCONCLUSIVE;
    };
  }

  /// The reading of success, empty in a record without any.
  public Optional<TestReading> success() {
    return readings.stream().filter(line -> line.name().equals("success")).findFirst();
  }

  public String json() {
    return JSON.writeValueAsString(this);
  }

  /// @throws IllegalArgumentException when it is no such record
  public static CanaryRecord read(String json) {
    try {
      return JSON.readValue(json, CanaryRecord.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a decision: " + e.getOriginalMessage(), e);
    }
  }

  private static double finite(double value) {
    return Double.isNaN(value) ? 0 : Math.clamp(value, -MOST, MOST);
  }
}
