// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.console.turn.Turn;
import dev.steward.console.turn.TurnReader;
import dev.steward.domain.Digest;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.util.ArrayDeque;
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

  /// Why the last step that failed did.
  String lastFailure = "";

  /// How often each message was in the last input, by sameness.
  Map<String, Integer> counted = new HashMap<>();

  private static final int LAST_SAID_MAX = 16;

  private final Map<String, Integer> shown = new HashMap<>();
  private final Set<Digest> said = new HashSet<>();
  private final ArrayDeque<Message> lastSaid = new ArrayDeque<>();
  private List<Message> lastInput = List.of();

  Scope(String agent, int depth, int treeDepth, @Nullable Scope parent, @Nullable Span span) {
    this.agent = agent;
    this.depth = depth;
    this.treeDepth = treeDepth;
    this.parent = parent;
    this.span = span;
  }

  void show(String sameness) {
    shown.merge(sameness, 1, Integer::sum);
  }

  /// Whether the nth message of its kind in a list has been shown.
  boolean knows(String sameness, int nth) {
    return shown.getOrDefault(sameness, 0) >= nth;
  }

  /// Notes what the agent said; it is shown with the model call.
  void say(Message message) {
    said.add(message.hash());
    lastSaid.addLast(message);
    if (lastSaid.size() > LAST_SAID_MAX) {
      lastSaid.removeFirst();
    }
  }

  boolean said(Message message) {
    return said.contains(message.hash());
  }

  /// Whether the agent said the same a moment ago, or was told it.
  boolean knows(Turn turn, TurnReader reader) {
    String sameness = turn.sameness();
    return shown.containsKey(sameness)
        || lastSaid.stream().anyMatch(message -> reader.turn(message).sameness().equals(sameness));
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
