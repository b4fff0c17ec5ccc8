// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which runs to list. A null filter does not filter.
///
/// @param text words contained in the content; always bounded by time
/// @param costAtMost of what is known of it: a run with no known cost is not within any bound
/// @param cursor opaque, from the page before
public record RunQuery(
    java.util.@Nullable Set<String> agents,
    @Nullable String version,
    @Nullable String environment,
    @Nullable String workflow,
    @Nullable String task,
    @Nullable String conversation,
    @Nullable RunStatus status,
    @Nullable String outcome,
    @Nullable String model,
    @Nullable String tool,
    @Nullable String source,
    @Nullable String team,
    @Nullable BigDecimal costAtLeast,
    @Nullable BigDecimal costAtMost,
    @Nullable Boolean costKnown,
    @Nullable Duration durationAtLeast,
    @Nullable Duration durationAtMost,
    @Nullable Boolean errors,
    @Nullable String text,
    @Nullable Instant from,
    @Nullable Instant to,
    Sort sort,
    boolean descending,
    int limit,
    @Nullable String cursor) {

  /// A query without upper bounds of cost and duration.
  public RunQuery(
      java.util.@Nullable Set<String> agents,
      @Nullable String version,
      @Nullable String environment,
      @Nullable String workflow,
      @Nullable String task,
      @Nullable String conversation,
      @Nullable RunStatus status,
      @Nullable String outcome,
      @Nullable String model,
      @Nullable String tool,
      @Nullable String source,
      @Nullable String team,
      @Nullable BigDecimal costAtLeast,
      @Nullable Boolean costKnown,
      @Nullable Duration durationAtLeast,
      @Nullable Boolean errors,
      @Nullable String text,
      @Nullable Instant from,
      @Nullable Instant to,
      Sort sort,
      boolean descending,
      int limit,
      @Nullable String cursor) {
    this(
        agents,
        version,
        environment,
        workflow,
        task,
        conversation,
        status,
        outcome,
        model,
        tool,
        source,
        team,
        costAtLeast,
        null,
        costKnown,
        durationAtLeast,
        null,
        errors,
        text,
        from,
        to,
        sort,
        descending,
        limit,
        cursor);
  }

  /// What a list of runs can be sorted by; ties are broken by run id.
  public enum Sort {
    STARTED,
    DURATION,
    COST,
    STEPS,
    ERRORS
  }

  /// The newest runs of all agents.
  public static RunQuery newest(int limit) {
    return newest(null, limit);
  }

  /// The newest run of a conversation.
  public static RunQuery ofConversation(String conversation) {
    return newest(conversation, 1);
  }

  private static RunQuery newest(@Nullable String conversation, int limit) {
    return new RunQuery(
        null,
        null,
        null,
        null,
        null,
        conversation,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Sort.STARTED,
        true,
        limit,
        null);
  }

  /// The same query, for the page behind a cursor.
  public RunQuery behind(@Nullable String place) {
    return page(limit, place);
  }

  /// The same query with another number of runs at most.
  public RunQuery atMost(int runs) {
    return page(runs, cursor);
  }

  /// The same query of these agents, and in one environment where it is given.
  public RunQuery of(java.util.Set<String> others, @Nullable String where) {
    return new RunQuery(
        others,
        version,
        where,
        workflow,
        task,
        conversation,
        status,
        outcome,
        model,
        tool,
        source,
        team,
        costAtLeast,
        costAtMost,
        costKnown,
        durationAtLeast,
        durationAtMost,
        errors,
        text,
        from,
        to,
        sort,
        descending,
        limit,
        cursor);
  }

  private RunQuery page(int size, @Nullable String place) {
    return new RunQuery(
        agents,
        version,
        environment,
        workflow,
        task,
        conversation,
        status,
        outcome,
        model,
        tool,
        source,
        team,
        costAtLeast,
        costAtMost,
        costKnown,
        durationAtLeast,
        durationAtMost,
        errors,
        text,
        from,
        to,
        sort,
        descending,
        size,
        place);
  }
}
