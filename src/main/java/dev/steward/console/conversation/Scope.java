// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What has been shown so far of one agent's conversation. Model calls repeat all of it, and a
/// reader wants to see it once.
final class Scope {
  final String agent;
  final int depth;
  final int treeDepth;
  final @Nullable Scope parent;
  final @Nullable Span span;
  final Set<String> instructions = new HashSet<>();
  final Map<String, Integer> tries = new HashMap<>();

  /// Where its instructions go: before everything else that it heard.
  int start;

  boolean answered;
  boolean failed;

  /// How often each message was in the last input, by sameness.
  Map<String, Integer> counted = new HashMap<>();

  private final Map<String, Integer> shown = new HashMap<>();
  private List<Message> lastInput = List.of();

  Scope(String agent, int depth, int treeDepth, @Nullable Scope parent, @Nullable Span span) {
    this.agent = agent;
    this.depth = depth;
    this.treeDepth = treeDepth;
    this.parent = parent;
    this.span = span;
  }

  void show(Turn turn) {
    shown.merge(turn.sameness(), 1, Integer::sum);
  }

  /// Whether the nth message of its kind in a list has been shown.
  boolean knows(Turn turn, int nth) {
    return shown.getOrDefault(turn.sameness(), 0) >= nth;
  }

  boolean knows(Turn turn) {
    return shown.containsKey(turn.sameness());
  }

  /// How many messages at the start repeat the last input. Histories only grow at their end, so the
  /// first and the last of them are compared and not the thousands between.
  int repeated(List<Message> input) {
    int size = lastInput.size();
    boolean grown =
        size > 0
            && input.size() >= size
            && input.getFirst().hash().equals(lastInput.getFirst().hash())
            && input.get(size - 1).hash().equals(lastInput.get(size - 1).hash());
    return grown ? size : 0;
  }

  void heard(List<Message> input, Map<String, Integer> counts) {
    lastInput = input;
    counted = counts;
  }
}
