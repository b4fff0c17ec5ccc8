// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Rollout;
import dev.steward.domain.Digest;
import dev.steward.domain.release.CanaryTerms;
import dev.steward.domain.release.Guarded;
import dev.steward.domain.release.Release;
import dev.steward.insight.canary.CanaryTrial.Share;
import dev.steward.insight.canary.CanaryTrial.UnitRule;
import dev.steward.insight.canary.CanaryTrial.Untold;
import dev.steward.insight.watch.CanaryPlan;
import dev.steward.insight.watch.Guardrail;
import dev.steward.insight.watch.Measure;
import dev.steward.insight.watch.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads releases that are tried as what is to be judged.
final class TrialsOfReleases {
  /// As versions are named in runs.
  private static final int NAMED = 12;

  private TrialsOfReleases() {}

  /// @param record of a release that is or was tried
  static CanaryTrial of(ReleaseRecord record) {
    Release release = record.release();
    Rollout rollout = record.tried().orElseThrow();
    CanaryTerms terms = release.canaryTerms();
    List<Share> shares = new ArrayList<>();
    for (Rollout.Weight step : rollout.weights()) {
      shares.add(new Share(step.since(), step.weight().doubleValue()));
    }
    return new CanaryTrial(
        release.agent(),
        release.to(),
        named(rollout.control()),
        named(release.version()),
        rollout.startedAt(),
        shares,
        new UnitRule(
            true, UnitRule.USUAL.conversationsLast(), terms.settle(), untold(terms.untold())),
        plan(terms));
  }

  private static CanaryPlan plan(CanaryTerms terms) {
    List<Guardrail> guardrails = new ArrayList<>();
    for (Guarded guard : terms.guards()) {
      guardrails.add(guardrail(guard));
    }
    return new CanaryPlan(
        terms.exact() ? CanaryPlan.Test.SAFE_2X2 : CanaryPlan.Test.MIXTURE,
        CanaryPlan.USUAL.alpha(),
        CanaryPlan.USUAL.guardrailAlpha(),
        CanaryPlan.USUAL.effect(),
        terms.accepted().doubleValue(),
        terms.tolerated().doubleValue(),
        guardrails,
        terms.leastUnits(),
        terms.leastTime(),
        terms.limit());
  }

  private static Guardrail guardrail(Guarded guard) {
    String name = guard.measure().toUpperCase(Locale.ROOT);
    return switch (guard.form()) {
      case EVENTS -> new Guardrail.Events(Unit.Event.valueOf(name));
      case GROWTH -> new Guardrail.Growth(Measure.valueOf(name), guard.bound().doubleValue());
      case TAIL -> new Guardrail.Tail(Measure.valueOf(name), guard.bound().doubleValue());
    };
  }

  private static Untold untold(String word) {
    return Untold.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static String named(Digest version) {
    return version.hex().substring(0, NAMED);
  }
}
