// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One invocation of an agent from start to end: what its spans say together.
///
/// @param id the trace id where the trace holds one run, else trace id "-" span id of its agent
///   span
/// @param rootSpanId the agent span that is the run, null while it has not arrived
/// @param version the version in force, or "undeclared"
/// @param task the piece of work, the run's own id when none was said
/// @param outcome label of the latest outcome evaluation, null when none
/// @param endedAt null while open
/// @param steps model turns and actions, as people count them
/// @param inputTokens sum of what is known, null when no model call reported any
/// @param title first words of what was asked, for lists
/// @param ungoverned model calls that should have passed our gateway and did not
/// @param ungovernedTools tool calls that should have and did not
/// @param skewed whether the sender's clock is over five minutes ahead of the server's
public record Run(
    String id,
    String traceId,
    @Nullable String rootSpanId,
    String agent,
    boolean registered,
    String version,
    String environment,
    String team,
    @Nullable String workflow,
    String task,
    @Nullable String conversation,
    RunStatus status,
    @Nullable String outcome,
    @Nullable Double score,
    Instant startedAt,
    @Nullable Instant endedAt,
    Instant lastSeen,
    int spans,
    int steps,
    int modelCalls,
    int toolCalls,
    int errors,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    RunCost cost,
    String title,
    boolean skewed,
    int ungoverned,
    int ungovernedTools) {

  /// The same run at another stage.
  public Run in(RunStatus now, @Nullable Instant end) {
    return of(now, end, ungoverned, ungovernedTools);
  }

  /// The same run with other calls that went past the gateway.
  public Run past(int models, int tools) {
    return of(status, endedAt, models, tools);
  }

  /// Whether any call went past the gateway that must not.
  public boolean pastGateway() {
    return ungoverned > 0 || ungovernedTools > 0;
  }

  private Run of(RunStatus now, @Nullable Instant end, int models, int tools) {
    return new Run(
        id,
        traceId,
        rootSpanId,
        agent,
        registered,
        version,
        environment,
        team,
        workflow,
        task,
        conversation,
        now,
        outcome,
        score,
        startedAt,
        end,
        lastSeen,
        spans,
        steps,
        modelCalls,
        toolCalls,
        errors,
        inputTokens,
        outputTokens,
        cost,
        title,
        skewed,
        models,
        tools);
  }

  /// How long it took; of an open run how long it has been heard of.
  public Duration duration() {
    Duration claimed = Duration.between(startedAt, endedAt == null ? lastSeen : endedAt);
    return claimed.isNegative() ? Duration.ZERO : claimed;
  }
}
