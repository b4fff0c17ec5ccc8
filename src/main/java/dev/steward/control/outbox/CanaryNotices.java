// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.outbox;

import dev.steward.control.event.Event;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Rollout;
import dev.steward.control.state.State;
import dev.steward.domain.release.CanaryVerdict;
import dev.steward.domain.release.Release;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What people are told of the verdicts on canaries: each that ends one or asks for a person, once.
final class CanaryNotices {
  private CanaryNotices() {}

  static Optional<Notice> of(Event.CanaryJudged event, State state, Instant at) {
    CanaryVerdict verdict = CanaryVerdict.of(event.verdict()).orElse(CanaryVerdict.HOLD);
    Optional<ReleaseRecord> record = state.releases().find(event.release());
    if (verdict == CanaryVerdict.HOLD || record.isEmpty() || said(record.get(), event, at)) {
      return Optional.empty();
    }
    Release release = record.get().release();
    return Optional.of(
        new Notice(
            word(verdict),
            release.id(),
            at,
            "The canary of " + release.agent() + " in " + release.to() + " " + says(verdict),
            event.why() + ".",
            "/releases/" + release.id(),
            data(event, release)));
  }

  /// Whether the same was said just before, and is only on record anew.
  private static boolean said(ReleaseRecord record, Event.CanaryJudged event, Instant at) {
    List<Rollout.Judgement> all = record.tried().map(Rollout::judgements).orElse(List.of());
    String before = "";
    for (Rollout.Judgement each : all) {
      if (!each.at().isBefore(at)) {
        break;
      }
      before = each.verdict();
    }
    return before.equals(event.verdict());
  }

  private static String word(CanaryVerdict verdict) {
    return switch (verdict) {
      case PROMOTE -> "canary.passed";
      case ROLL_BACK -> "canary.rolled-back";
      case INCONCLUSIVE, HOLD -> "canary.inconclusive";
    };
  }

  private static String says(CanaryVerdict verdict) {
    return switch (verdict) {
      case PROMOTE -> "is shown to be good";
      case ROLL_BACK -> "is rolled back by itself";
      case INCONCLUSIVE, HOLD -> "showed nothing in its time, and a person decides";
    };
  }

  private static Map<String, String> data(Event.CanaryJudged event, Release release) {
    Map<String, String> data = new HashMap<>();
    data.put("id", release.id());
    data.put("agent", release.agent());
    data.put("environment", release.to());
    data.put("version", release.version().hex());
    data.put("verdict", event.verdict());
    data.put("rule", event.rule());
    data.put("units", Integer.toString(event.units()));
    return data;
  }
}
