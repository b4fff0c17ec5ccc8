// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.gate.GateJudge.Said;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Shadowing;
import dev.steward.domain.release.LeastAgreement;
import dev.steward.domain.release.Release;
import dev.steward.domain.resource.Gate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Judges gates that ask for the report of a shadow.
final class ShadowJudge {
  private final Asked asked;

  ShadowJudge(Asked asked) {
    this.asked = asked;
  }

  Said judge(Gate.ShadowAgreed asks) {
    Release release = asked.record().release();
    boolean counts = release.shadow() && among(asks, release);
    if (counts && !asked.record().begun()) {
      return GateJudge.pass("its version gets copies of live calls first", Map.of());
    }
    Optional<ReleaseRecord> found = counts ? Optional.of(asked.record()) : shadowed(asks);
    return found
        .flatMap(
            record -> record.shadowed().map(told -> judge(asks.least(), record.release(), told)))
        .orElseGet(() ->
            GateJudge.unknown(
                "this version never was a shadow"
                    + (asks.environments().isEmpty()
                        ? ""
                        : " in " + String.join(", ", asks.environments()))
                    + "; release it with the strategy shadow",
                Map.of()));
  }

  private static Said judge(LeastAgreement least, Release release, Shadowing told) {
    Map<String, String> evidence = new TreeMap<>();
    evidence.put("release", release.id());
    evidence.put("environment", release.to());
    told.sums().forEach((word, sum) -> evidence.put(word, sum.toPlainString()));
    String why =
        "%d of %d copies of live calls ended with the same outcome and the same effects"
            .formatted(told.count(Shadowing.AGREED), told.count(Shadowing.COMPARED));
    return Agreed.said(least, told.agreement(), "copies", why, evidence);
  }

  /// Where the version was a shadow last among the asked environments.
  private Optional<ReleaseRecord> shadowed(Gate.ShadowAgreed asks) {
    Release release = asked.record().release();
    for (ReleaseRecord each : asked.state().releases().all().reversed()) {
      if (each.shadowing() != null
          && each.release().agent().equals(release.agent())
          && each.release().version().equals(release.version())
          && among(asks, each.release())) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private static boolean among(Gate.ShadowAgreed asks, Release release) {
    return asks.environments().isEmpty() || asks.environments().contains(release.to());
  }
}
