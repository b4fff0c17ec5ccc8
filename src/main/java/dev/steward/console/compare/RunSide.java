// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.compare;

import dev.steward.console.conversation.Conversation;
import dev.steward.console.conversation.RunSpans;
import dev.steward.console.conversation.Step;
import dev.steward.console.conversation.Told;
import dev.steward.console.conversation.ToolEffects;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.turn.Block;
import dev.steward.domain.Percent;
import dev.steward.domain.SpanKind;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// One of two runs, read for being compared.
final class RunSide {
  static final int STEPS_MAX = 400;
  private static final int WORDS_MAX = 220;

  final Run run;
  final List<Step> steps;
  final int stepsInAll;
  private final SpanTree tree;
  private final String base;

  RunSide(Run run, ToolEffects effects, boolean readsContent, TraceQueries traces) {
    this.run = run;
    tree = RunSpans.read(run, traces);
    Told conversation = RunSpans.told(run, tree, effects, readsContent, traces);
    steps = conversation.steps(0, STEPS_MAX);
    stepsInAll = conversation.size();
    base = "/runs/" + Percent.encoded(run.id());
  }

  /// Names of the models that answered.
  String models() {
    TreeSet<String> names = new TreeSet<>();
    for (SpanTree.Node node : tree.nodes()) {
      String model = node.span().kind() == SpanKind.MODEL ? node.span().modelName() : null;
      if (model != null) {
        names.add(model);
      }
    }
    return String.join(", ", names);
  }

  /// Names of the tools that were called, with how often.
  String tools() {
    Map<String, Integer> calls = new TreeMap<>();
    for (SpanTree.Node node : tree.nodes()) {
      if (node.span().kind() == SpanKind.TOOL) {
        calls.merge(Conversation.toolName(node.span()), 1, Integer::sum);
      }
    }
    List<String> words = new ArrayList<>();
    calls.forEach((name, count) -> words.add(count == 1 ? name : name + " ×" + count));
    return words.isEmpty() ? "none" : String.join(", ", words);
  }

  /// What its agents were told to be.
  String instructions() {
    List<String> all = new ArrayList<>();
    for (Step step : steps) {
      for (Block block : step.blocks()) {
        if (step.kind() == Step.Kind.INSTRUCTIONS
            && block instanceof Block.Folded folded
            && folded.label().equals("Instructions")) {
          all.add(folded.text());
        }
      }
    }
    return String.join("\n\n", all);
  }

  /// What a step is, whatever it said: by this steps of two runs are matched.
  static String kind(Step step) {
    return step.kind()
        + " "
        + step.depth()
        + " "
        + (step.kind() == Step.Kind.MODEL ? "" : step.who());
  }

  StepPair.Line line(Step step) {
    return new StepPair.Line(
        step.numeral(),
        step.who(),
        step.role() + (step.other().isEmpty() ? "" : " " + step.other()),
        words(step),
        step.took(),
        step.cost().inWords(),
        step.failed(),
        PageUrl.of(base).with("step", step.spanId()) + "#" + step.anchor());
  }

  private static String words(Step step) {
    List<String> words = new ArrayList<>();
    for (Block block : step.blocks()) {
      words.add(
          switch (block) {
            case Block.Said said -> said.text();
            case Block.Folded folded -> folded.label() + ", " + folded.length();
            case Block.Passed passed -> passed.label() + " " + passed(passed);
            case Block.Asked asked -> "calls " + asked.tool();
            case Block.Because because -> because.missed() ? "unattributed" : "";
            case Block.Failed failed -> failed.text();
          });
    }
    String line = String.join(" — ", words).strip().replaceAll("\\s+", " ");
    return line.length() <= WORDS_MAX ? line : line.substring(0, WORDS_MAX) + "…";
  }

  private static String passed(Block.Passed passed) {
    if (passed.rows().isEmpty()) {
      return passed.text();
    }
    List<String> rows = new ArrayList<>();
    passed.rows().forEach(row -> rows.add(row.name() + " " + row.value()));
    return String.join(", ", rows);
  }

  String tokens() {
    Long in = run.inputTokens();
    Long out = run.outputTokens();
    return in == null && out == null
        ? "unknown"
        : (in == null ? "?" : Figures.count(in)) + " → " + (out == null ? "?" : Figures.count(out));
  }
}
