// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.shape;

import dev.steward.trace.run.Run;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A run in a list.
///
/// @param ungoverned model calls that should have passed the gateway and did not
/// @param ungovernedTools tool calls that should have and did not
/// @param title first words of what was asked, null for a reader who may not read content
public record RunItem(
    String id,
    String traceId,
    String agent,
    String version,
    String environment,
    @Nullable String conversation,
    String status,
    @Nullable String outcome,
    Instant startedAt,
    @Nullable Instant endedAt,
    int steps,
    int modelCalls,
    int toolCalls,
    int errors,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    Money cost,
    boolean registered,
    String team,
    @Nullable String workflow,
    String task,
    @Nullable Double score,
    Instant lastSeen,
    boolean skewed,
    int ungoverned,
    int ungovernedTools,
    @Nullable String title) {

  public static RunItem of(Run run, boolean readsContent) {
    return new RunItem(
        run.id(),
        run.traceId(),
        run.agent(),
        run.version(),
        run.environment(),
        run.conversation(),
        run.status().word(),
        run.outcome(),
        run.startedAt(),
        run.endedAt(),
        run.steps(),
        run.modelCalls(),
        run.toolCalls(),
        run.errors(),
        run.inputTokens(),
        run.outputTokens(),
        Money.of(run.cost()),
        run.registered(),
        run.team(),
        run.workflow(),
        run.task(),
        run.score(),
        run.lastSeen(),
        run.skewed(),
        run.ungoverned(),
        run.ungovernedTools(),
        readsContent ? run.title() : null);
  }
}
