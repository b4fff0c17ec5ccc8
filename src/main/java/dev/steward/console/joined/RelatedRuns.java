// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.joined;

import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.RunQueryDraft;
import java.time.Instant;

/// Which runs have something in common.
public final class RelatedRuns {
  private RelatedRuns() {}

  /// Those of a conversation, the oldest first.
  public static RunQuery ofConversation(String conversation, int limit) {
    return RunQueryDraft.runs().conversation(conversation).limit(limit).build();
  }

  /// Those of a task, the oldest first.
  public static RunQuery ofTask(String task, int limit) {
    return RunQueryDraft.runs().task(task).limit(limit).build();
  }

  /// Those of an agent up to a moment, the newest first.
  public static RunQuery ofAgentBefore(String agent, Instant moment, int limit) {
    return RunQueryDraft.runs().agents(agent).to(moment).descending().limit(limit).build();
  }
}
