// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.gate.GateJudge.Said;
import dev.steward.control.release.Proposing;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.domain.release.LeastAgreement;
import dev.steward.domain.release.Release;
import dev.steward.domain.resource.Gate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Judges gates that ask whether people agree with what a version proposes.
final class CopilotJudge {
  private final Asked asked;

  CopilotJudge(Asked asked) {
    this.asked = asked;
  }

  Said judge(Gate.CopilotAgreed asks) {
    Release release = asked.record().release();
    boolean counts = release.copilot() && among(asks, release);
    if (counts && !asked.record().begun()) {
      return GateJudge.pass("its version proposes first, and people answer", Map.of());
    }
    Optional<ReleaseRecord> found = counts ? Optional.of(asked.record()) : proposed(asks);
    return found
        .flatMap(record ->
            record.proposed().map(counted -> judge(asks.least(), record.release(), counted)))
        .orElseGet(() ->
            GateJudge.unknown(
                "this version never proposed"
                    + (asks.environments().isEmpty()
                        ? ""
                        : " in " + String.join(", ", asks.environments()))
                    + "; release it with the strategy copilot",
                Map.of()));
  }

  private static Said judge(LeastAgreement least, Release release, Proposing counted) {
    Map<String, String> evidence = new HashMap<>();
    evidence.put("release", release.id());
    evidence.put("environment", release.to());
    evidence.put("unchanged", Integer.toString(counted.unchanged()));
    evidence.put("edited", Integer.toString(counted.edited()));
    evidence.put("denied", Integer.toString(counted.denied()));
    String why =
        "people left %d of %d proposed calls as they were"
            .formatted(counted.unchanged(), counted.answered());
    return Agreed.said(least, counted.agreement(), "answers", why, evidence);
  }

  /// Where the version proposed last among the asked environments.
  private Optional<ReleaseRecord> proposed(Gate.CopilotAgreed asks) {
    Release release = asked.record().release();
    for (ReleaseRecord each : asked.state().releases().all().reversed()) {
      if (each.proposing() != null
          && each.release().agent().equals(release.agent())
          && each.release().version().equals(release.version())
          && among(asks, each.release())) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private static boolean among(Gate.CopilotAgreed asks, Release release) {
    return asks.environments().isEmpty() || asks.environments().contains(release.to());
  }
}
