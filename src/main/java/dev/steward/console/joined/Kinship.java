// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.joined;

import dev.steward.trace.run.RunQuery;

/// What joins runs.
public enum Kinship {
  CONVERSATION("conversations", "Conversation"),
  TASK("tasks", "Task");

  private final String segment;
  private final String word;

  Kinship(String segment, String word) {
    this.segment = segment;
    this.word = word;
  }

  String segment() {
    return segment;
  }

  String word() {
    return word;
  }

  RunQuery query(String id, int limit) {
    return switch (this) {
      case CONVERSATION -> RelatedRuns.ofConversation(id, limit);
      case TASK -> RelatedRuns.ofTask(id, limit);
    };
  }
}
