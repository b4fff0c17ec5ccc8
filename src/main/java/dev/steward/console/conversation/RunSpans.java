// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.trace.TraceQueries;
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

  /// The run's own spans: with what was said in it, or in outline where that is too much to read
  /// for one page.
  public static SpanTree read(Run run, TraceQueries traces) {
    return tree(run, isLong(run) ? traces.outline(run.traceId()) : traces.spans(run.traceId()));
  }

  /// The run as steps.
  ///
  /// @param tree as `read` gives it
  public static Told told(
      Run run, SpanTree tree, ToolEffects effects, boolean readsContent, TraceQueries traces) {
    boolean atWork = run.status().open();
    return isLong(run) && readsContent
        ? new LongConversation(
            run.agent(), effects, atWork, tree, ids -> traces.spans(run.traceId(), ids))
        : Conversation.of(run.agent(), tree, effects, readsContent, atWork);
  }

  /// Whether a run is read in parts.
  public static boolean isLong(Run run) {
    return run.spans() > LongConversation.SPANS_MIN;
  }

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
