// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.conduct;

import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.Way;
import dev.steward.insight.finding.Words;
import dev.steward.trace.run.AgentActivity;
import java.util.List;

/// Finds senders that nobody registered.
public final class Strangers implements FindingSource {

  @Override
  public List<Finding> look(Lately lately) {
    return lately.today().stream()
        .filter(a -> !a.registered() && a.runs() > 0)
        .map(Strangers::finding)
        .toList();
  }

  private static Finding finding(AgentActivity stranger) {
    return new Finding(
        "stranger/" + stranger.agent(),
        Severity.WARNING,
        Subject.of(stranger),
        "%s sends spans, and nobody has registered it".formatted(stranger.agent()),
        "%s in the last 24 hours, from %s. Nobody owns it, and no version of it is declared."
            .formatted(
                Words.count(stranger.runs(), "run", "runs"),
                stranger.services().isEmpty()
                    ? "a sender without a service name"
                    : "the service " + String.join(", ", stranger.services())),
        stranger.firstSeen(),
        List.of(Way.to("its runs", "runs", "agent", stranger.agent(), "range", "24h")),
        List.of(Way.to("register it in the fleet", "fleet", "q", stranger.agent())));
  }
}
