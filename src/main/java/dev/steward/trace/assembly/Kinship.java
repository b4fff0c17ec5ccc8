// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.domain.SpanKind;
import dev.steward.trace.fact.SpanFacts;
import dev.steward.trace.graph.Lineage;
import dev.steward.trace.graph.ToldCalls;
import java.util.Collection;
import java.util.List;

/// The spans of one trace in fixed order with their parents, and which of them say the same thing
/// twice.
final class Kinship {
  final List<SpanFacts> spans;
  private final Lineage lineage;
  private final int[] parentsFirst;

  Kinship(Collection<SpanFacts> unordered) {
    spans = unordered.stream().sorted(SpanFacts.BY_START).toList();
    lineage =
        Lineage.of(
            spans.stream().map(facts -> facts.key().spanId()).toList(), SameCall.parents(spans));
    parentsFirst = lineage.parentsFirst();
  }

  int size() {
    return spans.size();
  }

  SpanFacts get(int position) {
    return spans.get(position);
  }

  int parent(int position) {
    return lineage.parent(position);
  }

  Lineage.Place place(int position) {
    return lineage.place(position);
  }

  /// Positions so that every parent comes before its children.
  int[] parentsFirst() {
    return parentsFirst;
  }

  /// The position that stands for the tool call which a span tells of, -1 on other spans.
  int[] toolCalls() {
    return ToldCalls.of(lineage, at -> get(at).kind(), at -> get(at).tool());
  }

  /// For each span the nearest span above it that is no mere passage, -1 where there is none.
  int[] nearestActor() {
    int[] nearest = new int[size()];
    for (int at : parentsFirst()) {
      int parent = parent(at);
      nearest[at] = parent < 0 ? -1 : get(parent).passage() ? nearest[parent] : parent;
    }
    return nearest;
  }

  /// For each span the outermost agent span at or above it, -1 where there is none.
  int[] outermostAgent() {
    int[] outermost = new int[size()];
    for (int at : parentsFirst()) {
      int parent = parent(at);
      int above = parent < 0 ? -1 : outermost[parent];
      outermost[at] = above >= 0 ? above : get(at).kind() == SpanKind.AGENT ? at : -1;
    }
    return outermost;
  }

  /// For each span whether our gateway saw the call that it tells of.
  boolean[] passedGateway() {
    boolean[] passed = new boolean[size()];
    for (int i = size() - 1; i >= 0; i--) {
      int at = parentsFirst[i];
      passed[at] |= get(at).priced() && get(at).teller().gateway();
      int parent = parent(at);
      if (parent >= 0 && passed[at] && (get(at).priced() || get(at).passage())) {
        passed[parent] |= get(parent).priced() || get(parent).passage();
      }
    }
    return passed;
  }

  /// For each span the part of its agent's work that it belongs to: the nearest step at or above it
  /// that its agent took, else the span itself, by name.
  String[] steps() {
    String[] steps = new String[size()];
    int[] nearest = new int[size()];
    for (int at : parentsFirst()) {
      int parent = parent(at);
      SpanKind kind = get(at).kind();
      nearest[at] =
          kind == SpanKind.STEP ? at : kind == SpanKind.AGENT || parent < 0 ? -1 : nearest[parent];
      steps[at] = get(nearest[at] < 0 ? at : nearest[at]).name();
    }
    return steps;
  }

  /// For each span the tool it works in or is, "" outside of tools.
  String[] insideTool() {
    String[] inside = new String[size()];
    for (int at : parentsFirst()) {
      String own = get(at).kind() == SpanKind.TOOL ? get(at).toolName() : "";
      int parent = parent(at);
      inside[at] = !own.isEmpty() || parent < 0 ? own : inside[parent];
    }
    return inside;
  }
}
