// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.domain.SpanKind;
import java.util.HashMap;
import java.util.Map;

/// Which spans count. One model call may be told by a framework and by the client below it, one
/// tool call by the agent, the MCP client and the MCP server: each counts once.
final class Counted {
  private final Kinship kin;
  private final int[] actor;
  private final boolean[] models;
  private final int[] calls;

  Counted(Kinship kin) {
    this.kin = kin;
    this.actor = kin.nearestActor();
    this.models = countedModels();
    this.calls = toolCalls();
  }

  /// Whether it is the model or embedding call itself rather than another telling of it.
  boolean model(int position) {
    return models[position];
  }

  /// The position that stands for the tool call which this span tells of, -1 on other spans.
  int toolCall(int position) {
    return calls[position];
  }

  private boolean[] countedModels() {
    int size = kin.size();
    boolean[] usageBelow = new boolean[size];
    boolean[] modelBelow = new boolean[size];
    int[] order = kin.parentsFirst();
    for (int i = size - 1; i >= 0; i--) {
      int at = order[i];
      int above = actor[at];
      if (above >= 0 && kin.get(at).priced() && kin.get(above).priced()) {
        modelBelow[above] = true;
        usageBelow[above] |= usageBelow[at] || kin.get(at).hasUsage();
      }
    }
    boolean[] toldAbove = new boolean[size];
    boolean[] counted = new boolean[size];
    for (int at : order) {
      SpanFacts facts = kin.get(at);
      if (!facts.priced()) {
        continue;
      }
      int above = actor[at];
      toldAbove[at] =
          above >= 0
              && kin.get(above).priced()
              && (toldAbove[above] || (kin.get(above).hasUsage() && !usageBelow[above]));
      counted[at] = !usageBelow[at] && !toldAbove[at] && (facts.hasUsage() || !modelBelow[at]);
    }
    return counted;
  }

  private int[] toolCalls() {
    int[] call = new int[kin.size()];
    Map<String, Integer> byCallId = new HashMap<>();
    for (int at : kin.parentsFirst()) {
      SpanFacts facts = kin.get(at);
      if (facts.kind() != SpanKind.TOOL || facts.tool() == null) {
        call[at] = facts.kind() == SpanKind.TOOL ? at : -1;
        continue;
      }
      String callId = facts.tool().callId();
      String key = callId + " " + facts.tool().name();
      int above = actor[at];
      if (callId != null && byCallId.containsKey(key)) {
        call[at] = byCallId.get(key);
      } else if (above >= 0 && call[above] >= 0 && sameCall(kin.get(above), facts)) {
        call[at] = call[above];
      } else {
        call[at] = at;
      }
      if (callId != null) {
        byCallId.putIfAbsent(key, call[at]);
      }
    }
    return call;
  }

  private static boolean sameCall(SpanFacts above, SpanFacts below) {
    if (above.tool() == null || below.tool() == null) {
      return false;
    }
    String one = above.tool().callId();
    String other = below.tool().callId();
    return above.tool().name().equals(below.tool().name())
        && (one == null || other == null || one.equals(other));
  }
}
