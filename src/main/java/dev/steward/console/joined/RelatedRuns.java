// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.joined;

import dev.steward.trace.run.RunQuery;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which runs have something in common.
public final class RelatedRuns {
  private RelatedRuns() {}

  /// Those of a conversation, the oldest first.
  public static RunQuery ofConversation(String conversation, int limit) {
    return query(null, null, conversation, null, false, limit);
  }

  /// Those of a task, the oldest first.
  public static RunQuery ofTask(String task, int limit) {
    return query(null, task, null, null, false, limit);
  }

  /// Those of an agent up to a moment, the newest first.
  public static RunQuery ofAgentBefore(String agent, Instant moment, int limit) {
    return query(agent, null, null, moment, true, limit);
  }

  private static RunQuery query(
      @Nullable String agent,
      @Nullable String task,
      @Nullable String conversation,
      @Nullable Instant to,
      boolean descending,
      int limit) {
    return new RunQuery(
        agent == null ? null : Set.of(agent),
        null,
        null,
        null,
        task,
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
        to,
        RunQuery.Sort.STARTED,
        descending,
        limit,
        null);
  }
}
