// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import dev.steward.insight.sequential.Interval;
import dev.steward.insight.watch.CanaryPlan;
import dev.steward.insight.watch.Course;
import dev.steward.insight.watch.Reading;
import dev.steward.insight.watch.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Judges the units of a canary by its plan. The same units in the same order give the same
/// decision, however often and by whom it is asked.
public final class Deliberation {
  private final CanaryPlan plan;
  private final Instant startedAt;
  private final Instant now;
  private final Course course;

  private record Ruling(Verdict verdict, Rule rule, String why) {}

  private Deliberation(CanaryPlan plan, Instant startedAt, Instant now, Course course) {
    this.plan = plan;
    this.startedAt = startedAt;
    this.now = now;
    this.course = course;
  }

  /// @param units in the order in which they were known
  public static CanaryDecision decide(
      CanaryPlan plan, Instant startedAt, List<Unit> units, Instant now) {
    Course course = new Course(plan);
    for (Unit unit : units) {
      course.add(unit);
    }
    Deliberation deliberation = new Deliberation(plan, startedAt, now, course);
    Ruling ruling = deliberation.ruling();
    List<Reading> readings = new ArrayList<>();
    readings.add(course.success());
    readings.addAll(course.guardrails());
    readings.add(course.assignment());
    readings.add(course.outcomesTold());
    return new CanaryDecision(
        ruling.verdict,
        ruling.rule,
        ruling.why,
        now,
        course.units(),
        readings,
        course.assignmentP(),
        course.curve(),
        plan);
  }

  private Ruling ruling() {
    return breach().or(this::worse).or(this::good).or(this::timeOver).orElseGet(this::holding);
  }

  private Optional<Ruling> breach() {
    for (Reading guardrail : course.guardrails()) {
      if (guardrail.breached()) {
        Verdict back = new Verdict.RollBack(new Verdict.Cause.Breach(guardrail.name()));
        return Optional.of(new Ruling(back, Rule.GUARDRAIL_BREACHED, crossed(guardrail)));
      }
    }
    return Optional.empty();
  }

  private Optional<Ruling> worse() {
    Reading success = course.success();
    Verdict back = new Verdict.RollBack(new Verdict.Cause.Evidence());
    return success.breached()
        ? Optional.of(new Ruling(back, Rule.SUCCESS_WORSE, crossed(success)))
        : Optional.empty();
  }

  private Optional<Ruling> good() {
    if (obstacle().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Ruling(
            new Verdict.Promote(),
            Rule.SHOWN_GOOD,
            "success differs by %s, which is above the accepted %s; every growth is within its bound"
                .formatted(shown(course.difference()), points(-plan.lossAccepted()))));
  }

  private Optional<Ruling> timeOver() {
    Duration passed = Duration.between(startedAt, now);
    if (passed.compareTo(plan.limit()) < 0) {
      return Optional.empty();
    }
    String missing = obstacle().map(Ruling::why).orElse("");
    return Optional.of(
        new Ruling(
            new Verdict.Inconclusive(),
            Rule.TIME_OVER,
            "after " + time(plan.limit()) + ": " + missing));
  }

  private Ruling holding() {
    return obstacle().orElseThrow();
  }

  /// What is in the way of a promotion.
  private Optional<Ruling> obstacle() {
    Verdict hold = new Verdict.Hold();
    Reading assignment = course.assignment();
    if (assignment.breached()) {
      return Optional.of(
          new Ruling(
              hold,
              Rule.ASSIGNMENT_BROKEN,
              "%d units came to the control and %d to the canary where %.0f and %.0f were meant"
                  .formatted(
                      assignment.controlUnits(),
                      assignment.canaryUnits(),
                      assignment.control(),
                      assignment.canary())));
    }
    Reading told = course.outcomesTold();
    if (told.breached()) {
      return Optional.of(
          new Ruling(
              hold,
              Rule.OUTCOMES_UNEVEN,
              "success is known of %s of the control and %s of the canary"
                  .formatted(percent(told.control()), percent(told.canary()))));
    }
    return early(hold).or(() -> notShown(hold));
  }

  private Optional<Ruling> early(Verdict hold) {
    Duration passed = Duration.between(startedAt, now);
    if (course.leastUnits() < plan.leastUnits() || passed.compareTo(plan.leastTime()) < 0) {
      return Optional.of(
          new Ruling(
              hold,
              Rule.TOO_EARLY,
              "%d of %d units in the smaller arm, %s of %s"
                  .formatted(
                      course.leastUnits(),
                      plan.leastUnits(),
                      time(passed),
                      time(plan.leastTime()))));
    }
    return Optional.empty();
  }

  private Optional<Ruling> notShown(Verdict hold) {
    Optional<Interval> difference = course.difference();
    if (difference.isEmpty() || difference.get().lower() <= -plan.lossAccepted()) {
      return Optional.of(
          new Ruling(
              hold,
              Rule.SUCCESS_NOT_SHOWN,
              "success differs by %s, which must be above %s"
                  .formatted(shown(difference), points(-plan.lossAccepted()))));
    }
    List<String> growths = course.growthNotShown();
    return growths.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Ruling(
                hold,
                Rule.GROWTH_NOT_SHOWN,
                "not shown to be within its bound: " + String.join(", ", growths)));
  }

  private static String crossed(Reading reading) {
    Reading.Crossing crossing = reading.crossed().orElseThrow();
    return String.format(
        Locale.ROOT,
        "%s: e-value %.1f at unit %d, threshold %.1f; %.4g in the control, %.4g in the canary",
        reading.name(),
        Math.exp(Math.min(crossing.logEvidence(), 300)),
        crossing.units(),
        Math.exp(reading.threshold()),
        reading.control(),
        reading.canary());
  }

  /// As people say it: two hours and more in hours, two days and more in days.
  private static String time(Duration length) {
    if (length.toDays() >= 2) {
      return length.toDays() + " days";
    }
    if (length.toHours() >= 2) {
      return length.toHours() + " h";
    }
    return length.toMinutes() >= 2 ? length.toMinutes() + " min" : length.toSeconds() + " s";
  }

  private static String shown(Optional<Interval> interval) {
    return interval
        .map(range -> points(range.lower()) + " to " + points(range.upper()))
        .orElse("an unknown amount");
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%+.1f points", 100 * share);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
