// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.watch;

import dev.steward.insight.sequential.Estimate;
import dev.steward.insight.sequential.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All tests of a plan along the units of a canary. What once crossed its threshold stays crossed:
/// the evidence of an e-value is not taken back by later units. Not safe for several threads.
public final class Course {
  private static final double BROKEN = Math.log(1_000);
  private static final double UNEVEN = Math.log(100);
  private static final int POINTS_MAX = 120;

  private final SuccessWatch success;
  private final AssignmentWatch assignment = new AssignmentWatch();
  private final ToldWatch told = new ToldWatch();
  private final List<GrowthWatch> growths = new ArrayList<>();
  private final List<Watched> guardrails = new ArrayList<>();
  private final List<Watched> all = new ArrayList<>();
  private final Watched successWatched;
  private final Watched assignmentWatched;
  private final Watched toldWatched;
  private final List<CurvePoint> curve = new ArrayList<>();
  private int units;
  private int every = 1;

  /// A watch with its threshold.
  private static final class Watched {
    private final Watch watch;
    private final double threshold;
    private double evidence;
    private Optional<Reading.Crossing> crossing = Optional.empty();

    Watched(Watch watch, double threshold) {
      this.watch = watch;
      this.threshold = threshold;
    }

    void add(Unit unit, int number) {
      watch.add(unit);
      evidence = watch.logEvidence();
      if (crossing.isEmpty() && evidence >= threshold) {
        crossing = Optional.of(new Reading.Crossing(number, unit.at(), evidence));
      }
    }

    Reading reading() {
      Watch.Numbers numbers = watch.numbers();
      return new Reading(
          watch.name(),
          numbers.controlUnits(),
          numbers.canaryUnits(),
          numbers.control(),
          numbers.canary(),
          numbers.interval(),
          evidence,
          threshold,
          crossing);
    }
  }

  public Course(CanaryPlan plan) {
    success = new SuccessWatch(plan);
    double each = -Math.log(plan.alphaEach());
    for (Guardrail guardrail : plan.guardrails()) {
      guardrails.add(new Watched(watch(guardrail, plan.alphaEach()), each));
    }
    successWatched = new Watched(success, -Math.log(plan.alpha()));
    assignmentWatched = new Watched(assignment, BROKEN);
    toldWatched = new Watched(told, UNEVEN);
    all.add(successWatched);
    all.addAll(guardrails);
    all.add(assignmentWatched);
    all.add(toldWatched);
  }

  private Watch watch(Guardrail guardrail, double alpha) {
    return switch (guardrail) {
      case Guardrail.Events events -> new EventWatch(events.event());
      case Guardrail.Tail tail -> new TailWatch(tail);
      case Guardrail.Growth growth -> {
        GrowthWatch watch = new GrowthWatch(growth, alpha);
        growths.add(watch);
        yield watch;
      }
    };
  }

  /// The next unit, in the order in which they were known.
  public void add(Unit unit) {
    units++;
    for (Watched watched : all) {
      watched.add(unit, units);
    }
    if (units % every == 0) {
      curve.add(point(unit.at()));
      if (curve.size() == POINTS_MAX) {
        thin();
      }
    }
  }

  /// Keeps every second point.
  private void thin() {
    List<CurvePoint> kept = new ArrayList<>();
    for (int i = 1; i < curve.size(); i += 2) {
      kept.add(curve.get(i));
    }
    curve.clear();
    curve.addAll(kept);
    every *= 2;
  }

  private CurvePoint point(Instant at) {
    Map<String, Double> evidence = new HashMap<>();
    for (Watched watched : all) {
      evidence.put(watched.watch.name(), watched.evidence);
    }
    double difference = success.difference().map(Estimate::difference).orElse(0.0);
    return new CurvePoint(units, at, difference, success.interval(), evidence);
  }

  public int units() {
    return units;
  }

  public Reading success() {
    return successWatched.reading();
  }

  public List<Reading> guardrails() {
    return guardrails.stream().map(Watched::reading).toList();
  }

  public Reading assignment() {
    return assignmentWatched.reading();
  }

  public Reading outcomesTold() {
    return toldWatched.reading();
  }

  /// By chi-square, for one look.
  public double assignmentP() {
    return assignment.p();
  }

  /// By how much more of the canary succeed; empty until enough was seen.
  public Optional<Interval> difference() {
    return success.interval();
  }

  /// Units of the smaller arm whose success is known.
  public long leastUnits() {
    return success.leastUnits();
  }

  /// The guardrails on growth that are not shown to hold yet.
  public List<String> growthNotShown() {
    List<String> names = new ArrayList<>();
    for (GrowthWatch growth : growths) {
      if (!growth.shown()) {
        names.add(growth.name());
      }
    }
    return names;
  }

  /// At most 120 points, evenly spread over the units, the oldest first.
  public List<CurvePoint> curve() {
    return List.copyOf(curve);
  }
}
