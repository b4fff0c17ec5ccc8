// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.conduct;

import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.TwoShares;
import dev.steward.insight.finding.Way;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds agents that fail more often in the last day than in the week before.
public final class FailingAgents implements FindingSource {
  private static final double LEVEL = 0.01;
  private static final double GRAVE = 0.25;

  @Override
  public List<Finding> look(Lately lately) {
    double level = LEVEL / Math.max(1, 2 * lately.today().size());
    List<Finding> found = new ArrayList<>();
    for (AgentActivity today : lately.today()) {
      AgentActivity before = lately.weekOf(today.agent()).orElse(null);
      if (before != null) {
        outcomes(lately, today, before, level)
            .or(() -> errors(lately, today, before, level))
            .ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<Finding> outcomes(
      Lately lately, AgentActivity today, AgentActivity before, double level) {
    TwoShares failures =
        new TwoShares(
            today.withOutcome() - today.successes(),
            today.withOutcome(),
            before.withOutcome() - before.successes(),
            before.withOutcome());
    if (!worse(failures, level)) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
            lately,
            today,
            failures,
            "%s fails more: %s of its outcomes were failures in the last 24 hours, %s in the week"
                + " before",
            "runs with a told outcome",
            Way.to(
                "its failures",
                "runs",
                "agent",
                today.agent(),
                "outcome",
                "failure",
                "range",
                "24h"),
            first(lately, today.agent(), "failure", null)));
  }

  private static Optional<Finding> errors(
      Lately lately, AgentActivity today, AgentActivity before, double level) {
    TwoShares errors = new TwoShares(today.errors(), today.runs(), before.errors(), before.runs());
    if (!worse(errors, level)) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
            lately,
            today,
            errors,
            "%s has more errors: %s of its runs had one in the last 24 hours, %s in the week"
                + " before",
            "runs",
            Way.to(
                "its runs with errors",
                "runs",
                "agent",
                today.agent(),
                "errors",
                "yes",
                "range",
                "24h"),
            first(lately, today.agent(), null, true)));
  }

  private static boolean worse(TwoShares shares, double level) {
    return shares.differ(level) && shares.share() > shares.otherShare();
  }

  private static Finding finding(
      Lately lately,
      AgentActivity today,
      TwoShares shares,
      String sentence,
      String things,
      Way evidence,
      @Nullable Instant since) {
    String agent = today.agent();
    return new Finding(
        "failing/" + agent,
        shares.share() - shares.otherShare() >= GRAVE ? Severity.CRITICAL : Severity.WARNING,
        Subject.of(today),
        sentence.formatted(
            agent, TwoShares.percent(shares.share()), TwoShares.percent(shares.otherShare())),
        shares.words(things)
            + ". A two-sided test finds them different (p < %.4f, for %d agents at 1 %% together)."
                .formatted(Math.max(0.0001, shares.p()), lately.today().size()),
        since,
        List.of(
            evidence, Way.to("all its runs of the day", "runs", "agent", agent, "range", "24h")),
        List.of(
            Way.to("see what was changed before", "ledger"),
            Way.run("read how it was declared", "steward get agent " + agent)));
  }

  /// When the first of the day's failures began.
  private static @Nullable Instant first(
      Lately lately, String agent, @Nullable String outcome, @Nullable Boolean errors) {
    List<Run> runs =
        lately
            .traces()
            .runs(
                RunsOf.day(lately, Set.of(agent), null, outcome, errors, RunQuery.Sort.STARTED, 1))
            .items();
    return runs.isEmpty() ? null : runs.getFirst().startedAt();
  }
}
