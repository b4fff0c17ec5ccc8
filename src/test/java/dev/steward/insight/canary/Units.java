// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import dev.steward.domain.rollout.Arm;
import dev.steward.insight.watch.Measure;
import dev.steward.insight.watch.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Units for tests, with the rates of both arms.
final class Units {
  static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  private final SplittableRandom random;
  private double share = 0.5;
  private double control = 0.8;
  private double canary = 0.8;
  private double canaryErrors = 0.05;
  private double canaryCost = 1;
  private double canarySlow = 0;
  private double lost = 0;
  private double canaryTold = 1;

  Units(long seed) {
    random = new SplittableRandom(seed);
  }

  Units share(double value) {
    share = value;
    return this;
  }

  Units success(double ofControl, double ofCanary) {
    control = ofControl;
    canary = ofCanary;
    return this;
  }

  /// Of the control it is 0.05.
  Units errors(double ofCanary) {
    canaryErrors = ofCanary;
    return this;
  }

  /// So many times that of the control.
  Units cost(double factor) {
    canaryCost = factor;
    return this;
  }

  /// The part of the canary's units that take ten times as long.
  Units slow(double part) {
    canarySlow = part;
    return this;
  }

  /// The part of the canary's units that nobody hears of.
  Units lost(double part) {
    lost = part;
    return this;
  }

  /// The part of the canary's units that tell their outcome.
  Units told(double part) {
    canaryTold = part;
    return this;
  }

  List<Unit> take(int count) {
    List<Unit> units = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Arm arm = random.nextDouble() < share ? Arm.CANARY : Arm.CONTROL;
      boolean tried = arm == Arm.CANARY;
      if (!tried || random.nextDouble() >= lost) {
        units.add(unit(i, arm, tried));
      }
    }
    return units;
  }

  private Unit unit(int number, Arm arm, boolean tried) {
    boolean success = random.nextDouble() < (tried ? canary : control);
    Set<Unit.Event> events = EnumSet.noneOf(Unit.Event.class);
    if (random.nextDouble() < (tried ? canaryErrors : 0.05)) {
      events.add(Unit.Event.ERROR);
    }
    boolean slow = tried && random.nextDouble() < canarySlow;
    boolean told = !tried || random.nextDouble() < canaryTold;
    return new Unit(
        "c-" + number,
        arm,
        share,
        START.plusSeconds(number),
        told ? Optional.of(success) : Optional.empty(),
        false,
        events,
        Map.of(
            Measure.COST,
            (tried ? canaryCost : 1) * Math.exp(0.5 * random.nextGaussian()),
            Measure.DURATION,
            (slow ? 10 : 1) * Math.exp(0.5 * random.nextGaussian())));
  }
}
