// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.graph;

import dev.steward.domain.SpanKind;
import dev.steward.trace.span.ToolFacts;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Which tool spans of a trace tell of the same call. A call that its agent, the MCP client and the
/// MCP server tell of stands as one span below the other. An equal call id alone says nothing:
/// providers give the same id to several calls of a run.
public final class ToldCalls {
  private ToldCalls() {}

  /// The position of the topmost telling for each tool span, -1 on other spans.
  ///
  /// @param kinds by position
  /// @param tools facts by position, null where there are none
  public static int[] of(
      Lineage lineage, IntFunction<SpanKind> kinds, IntFunction<@Nullable ToolFacts> tools) {
    int[] call = new int[lineage.size()];
    int[] tellerAbove = new int[lineage.size()];
    @Nullable String[] callIds = new @Nullable String[lineage.size()];
    for (int at : lineage.parentsFirst()) {
      int parent = lineage.parent(at);
      tellerAbove[at] =
          parent < 0 ? -1 : passage(kinds.apply(parent)) ? tellerAbove[parent] : parent;
      call[at] = -1;
      if (kinds.apply(at) != SpanKind.TOOL) {
        continue;
      }
      call[at] = at;
      ToolFacts told = tools.apply(at);
      callIds[at] = told == null ? null : told.callId();
      int above = tellerAbove[at];
      if (above < 0 || call[above] < 0) {
        continue;
      }
      ToolFacts toldAbove = tools.apply(above);
      if (told != null && toldAbove != null && same(told, toldAbove, callIds[above])) {
        call[at] = call[above];
        callIds[at] = callIds[at] == null ? callIds[above] : callIds[at];
      }
    }
    return call;
  }

  /// Whether spans of the kind do nothing but hold or carry others.
  public static boolean passage(SpanKind kind) {
    return kind == SpanKind.OTHER || kind == SpanKind.STEP;
  }

  /// @param idAbove call id of the telling above, or of one above that
  private static boolean same(ToolFacts told, ToolFacts above, @Nullable String idAbove) {
    boolean bothNamed = told.callId() != null && idAbove != null;
    return bothNamed ? Objects.equals(told.callId(), idAbove) : told.own().equals(above.own());
  }
}
