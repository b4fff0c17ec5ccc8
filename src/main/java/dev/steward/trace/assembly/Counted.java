// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.trace.fact.SpanFacts;

/// Which spans count. One model call may be told by a framework and by the client below it, one
/// tool call by the agent, the MCP client and the MCP server: each counts once.
final class Counted {
  private final Kinship kin;
  private final int[] actor;
  private final boolean[] models;
  private final int[] calls;
  private final boolean[] passed;

  Counted(Kinship kin) {
    this.kin = kin;
    this.actor = kin.nearestActor();
    this.models = countedModels();
    this.calls = kin.toolCalls();
    this.passed = kin.passedGateway();
  }

  /// Whether it is the model or embedding call itself rather than another telling of it.
  boolean model(int position) {
    return models[position];
  }

  /// Whether our gateway saw the call.
  boolean passedGateway(int position) {
    return passed[position];
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
}
