// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import dev.steward.domain.LoopRule;
import dev.steward.gateway.conversation.Conversations;
import dev.steward.gateway.conversation.Found;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How wide the tree of delegated work is on each level. Twice as wide on three levels one after
/// another is growth that feeds itself; one wide level is only work shared out.
final class Delegations {
  private static final int LEVEL_MAX = Conversations.LEVEL_MAX;
  private static final int DOUBLINGS = 3;
  private static final int NAMES_MAX = 1_024;

  private final long[] width = new long[LEVEL_MAX + 1];

  /// Work handed on by name; the oldest are forgotten first.
  private final Map<String, Integer> levelOf = new LinkedHashMap<>();

  /// @param before how often work was handed on to each level, from the first on
  Delegations(List<Long> before) {
    width[0] = 1;
    for (int level = 1; level <= LEVEL_MAX && level <= before.size(); level++) {
      width[level] = before.get(level - 1);
    }
  }

  /// How often work was handed on to each level, from the first on.
  List<Long> widths() {
    List<Long> widths = new ArrayList<>();
    for (int level = 1; level <= LEVEL_MAX && width[level] > 0; level++) {
      widths.add(width[level]);
    }
    return widths;
  }

  void begins(int level) {
    width[level]++;
  }

  void begins(String from, String to) {
    if (levelOf.containsKey(to)) {
      return;
    }
    int level = Math.min(levelOf.getOrDefault(from, 0) + 1, LEVEL_MAX);
    levelOf.put(to, level);
    if (levelOf.size() > NAMES_MAX) {
      levelOf.remove(levelOf.keySet().iterator().next());
    }
    begins(level);
  }

  Optional<Found> found() {
    int doublings = 0;
    Optional<Found> found = Optional.empty();
    for (int level = 1; level <= LEVEL_MAX && width[level] > 0; level++) {
      doublings = width[level] >= 2 * width[level - 1] ? doublings + 1 : 0;
      if (doublings >= DOUBLINGS) {
        found = Optional.of(found(level - doublings, level));
      }
    }
    return found;
  }

  private Found found(int from, int to) {
    long all = 0;
    List<String> widths = new ArrayList<>();
    for (int level = from; level <= to; level++) {
      all += level == 0 ? 0 : width[level];
      widths.add(Long.toString(width[level]));
    }
    long handedOn = all;
    return new Found(
        LoopRule.FAN_OUT,
        handedOn,
        () ->
            "handed work on %d times, at least twice as often on each level: %s"
                .formatted(handedOn, String.join(" → ", widths)));
  }
}
