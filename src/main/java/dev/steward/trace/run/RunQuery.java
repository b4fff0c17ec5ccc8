// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which runs to list, made by a `RunQueryDraft`. A null filter does not filter.
///
/// @param text words contained in the content; always bounded by time
/// @param costAtMost of what is known of it: a run with no known cost is not within any bound
/// @param cursor opaque, from the page before
public record RunQuery(
    @Nullable Set<String> agents,
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
    return RunQueryDraft.runs().descending().limit(limit).build();
  }

  /// The newest run of a conversation.
  public static RunQuery ofConversation(String conversation) {
    return RunQueryDraft.runs().conversation(conversation).descending().limit(1).build();
  }

  /// The same query, for the page behind a cursor.
  public RunQuery behind(@Nullable String place) {
    return RunQueryDraft.like(this).behind(place).build();
  }

  /// The same query with another number of runs at most.
  public RunQuery atMost(int runs) {
    return RunQueryDraft.like(this).limit(runs).build();
  }
}
