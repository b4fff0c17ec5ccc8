// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.trace.assembly.RunAssembler;
import dev.steward.trace.gateway.OneStep;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The spans of one run, as a tree.
public final class RunSpans {
  private RunSpans() {}

  /// @param spans of its trace, which may hold other runs too
  public static SpanTree tree(Run run, List<Span> spans) {
    List<Span> steps = OneStep.of(spans);
    SpanTree whole = SpanTree.of(steps);
    if (run.id().equals(run.traceId()) || run.rootSpanId() == null) {
      return whole;
    }
    List<SpanTree.Node> nodes = whole.nodes();
    int root = -1;
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).span().key().spanId().equals(run.rootSpanId())) {
        root = i;
      }
    }
    if (root < 0) {
      Map<String, String> runs = RunAssembler.runsOf(spans);
      return SpanTree.of(
          steps.stream().filter(s -> run.id().equals(runs.get(s.key().spanId()))).toList());
    }
    List<Span> own = new ArrayList<>();
    int depth = nodes.get(root).depth();
    own.add(nodes.get(root).span());
    for (int i = root + 1; i < nodes.size() && nodes.get(i).depth() > depth; i++) {
      own.add(nodes.get(i).span());
    }
    return SpanTree.of(own);
  }
}
