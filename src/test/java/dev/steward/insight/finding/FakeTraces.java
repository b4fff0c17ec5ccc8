// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.finding;

import dev.steward.trace.EmptyTraces;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Runs that a test put there, and no spans.
public final class FakeTraces extends EmptyTraces {
  public static final Instant NOW = Instant.parse("2026-11-21T03:12:00Z");
  public final List<Run> runs = new ArrayList<>();

  public static AgentActivity activity(
      String agent, long runs, long withOutcome, long successes, long errors, Instant seen) {
    return new AgentActivity(
        agent,
        true,
        Set.of("svc"),
        Set.of("production"),
        Set.of("gpt-5"),
        Set.of(),
        runs,
        0,
        withOutcome,
        successes,
        errors,
        RunCost.NONE,
        null,
        seen.minus(Duration.ofDays(1)),
        seen,
        java.util.Collections.nCopies(24, 1L));
  }

  public static Run run(String agent, RunStatus status, int steps, Instant started) {
    return new Run(
        agent + started.getEpochSecond(),
        "t",
        null,
        agent,
        true,
        "v1",
        "production",
        "",
        null,
        "task",
        null,
        status,
        null,
        null,
        started,
        null,
        started,
        1,
        steps,
        0,
        0,
        0,
        null,
        null,
        RunCost.NONE,
        "",
        false,
        0,
        0);
  }

  @Override
  public Page<Run> runs(RunQuery query) {
    return new Page<>(
        runs.stream()
            .filter(r -> query.status() == null || r.status() == query.status())
            .limit(query.limit())
            .toList(),
        null);
  }
}
