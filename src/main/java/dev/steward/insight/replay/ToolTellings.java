// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.replay;

import dev.steward.domain.SpanKind;
import dev.steward.trace.graph.Lineage;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.graph.ToldCalls;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.Teller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tool calls of a trace, each by the span that knows it best: what our gateway tells, else
/// what stands on top.
final class ToolTellings {
  private final List<Span> spans;

  /// @param spans of one trace
  ToolTellings(List<Span> spans) {
    this.spans = spans;
  }

  List<Span> calls() {
    List<String> ids = new ArrayList<>();
    List<@Nullable String> parents = new ArrayList<>();
    for (Span span : spans) {
      ids.add(span.key().spanId());
      parents.add(span.parentSpanId());
    }
    int[] told =
        ToldCalls.of(
            Lineage.of(ids, parents), at -> spans.get(at).kind(), at -> spans.get(at).tool());
    Map<Integer, Span> best = new LinkedHashMap<>();
    for (int at = 0; at < spans.size(); at++) {
      Span span = spans.get(at);
      if (span.kind() == SpanKind.TOOL && span.tool() != null && span.teller() != Teller.MOVED) {
        Span known = best.get(told[at]);
        boolean top = known == null || told[at] == at;
        if (top ? !gateway(known) : span.teller().gateway()) {
          best.put(told[at], span);
        }
      }
    }
    return best.values().stream().sorted(SpanTree.BY_START).toList();
  }

  private static boolean gateway(@Nullable Span span) {
    return span != null && span.teller().gateway();
  }
}
