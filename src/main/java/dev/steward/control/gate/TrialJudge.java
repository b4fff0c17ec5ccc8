// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.gate.GateJudge.Said;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Rollout;
import dev.steward.domain.release.CanaryVerdict;
import dev.steward.domain.release.LeastTerms;
import dev.steward.domain.release.Release;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.resource.Gate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Judges gates that ask for a canary: whether there was one, what it says, and whether its terms
/// are as strict as is asked.
final class TrialJudge {
  private final Asked asked;

  TrialJudge(Asked asked) {
    this.asked = asked;
  }

  Said judge(Gate.CanaryPassed asks) {
    Release release = asked.record().release();
    boolean counts = release.canary() && among(asks, release);
    if (counts && !asked.record().begun()) {
      List<String> looser = asks.terms().looser(release.canaryTerms());
      return looser.isEmpty()
          ? GateJudge.pass("it is tried on a share of the conversations first", Map.of())
          : GateJudge.unknown(
              tooLoose(looser) + "; refuse it and start it with terms as strict as that",
              evidence(release, asks.terms()));
    }
    return judged(asks, counts ? Optional.of(asked.record()) : tried(asks));
  }

  private Said judged(Gate.CanaryPassed asks, Optional<ReleaseRecord> tried) {
    Optional<Rollout.Judgement> said =
        tried.flatMap(ReleaseRecord::tried).flatMap(Rollout::judgement);
    if (tried.isEmpty() || said.isEmpty()) {
      return GateJudge.unknown(
          "this version was not judged in a canary"
              + (asks.environments().isEmpty()
                  ? ""
                  : " in " + String.join(" or ", asks.environments()))
              + "; release it there with the strategy canary",
          Map.of());
    }
    Release release = tried.get().release();
    Rollout.Judgement last = said.get();
    Map<String, String> evidence = evidence(release, asks.terms());
    evidence.put("units", Integer.toString(last.units()));
    evidence.put("decision", last.record().hex());
    CanaryVerdict verdict = CanaryVerdict.of(last.verdict()).orElse(CanaryVerdict.HOLD);
    String why = "its canary says " + last.verdict().replace('-', ' ') + ": " + last.why();
    if (verdict == CanaryVerdict.ROLL_BACK) {
      return GateJudge.fail(why, evidence);
    }
    List<String> looser = asks.terms().looser(release.canaryTerms());
    if (!looser.isEmpty()) {
      return GateJudge.unknown(tooLoose(looser), evidence);
    }
    if (last.at().isBefore(asked.now().minus(asks.ageMax()))) {
      return GateJudge.unknown(
          "its canary was judged longer than " + GateJudge.days(asks.ageMax()) + " ago", evidence);
    }
    return verdict == CanaryVerdict.PROMOTE
        ? GateJudge.pass(why, evidence)
        : GateJudge.unknown(why, evidence);
  }

  /// The canary of the version that was begun last where the gate wants it, unless the one begun
  /// last anywhere was given up: whatever was shown before, somebody knew better.
  private Optional<ReleaseRecord> tried(Gate.CanaryPassed asks) {
    Release release = asked.record().release();
    boolean last = true;
    for (ReleaseRecord each : asked.state().releases().all().reversed()) {
      boolean meant =
          each.begun()
              && each.release().agent().equals(release.agent())
              && each.release().version().equals(release.version());
      if (meant && last && gaveUp(each.state())) {
        return Optional.empty();
      }
      if (meant && among(asks, each.release())) {
        return Optional.of(each).filter(found -> !gaveUp(found.state()));
      }
      last &= !meant;
    }
    return Optional.empty();
  }

  private static boolean among(Gate.CanaryPassed asks, Release release) {
    return asks.environments().isEmpty() || asks.environments().contains(release.to());
  }

  private static boolean gaveUp(ReleaseState state) {
    return state instanceof ReleaseState.RolledBack || state instanceof ReleaseState.Refused;
  }

  private static String tooLoose(List<String> looser) {
    return "its terms are looser than asked: " + String.join("; ", looser);
  }

  private static Map<String, String> evidence(Release tried, LeastTerms terms) {
    Map<String, String> evidence = new HashMap<>();
    evidence.put("release", tried.id());
    evidence.put("environment", tried.to());
    if (!terms.any()) {
      evidence.put("terms", new LeastTerms(tried.terms()).toString());
      evidence.put("asked", terms.toString());
    }
    return evidence;
  }
}
