// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import dev.steward.console.answer.Answer.Evidence;
import dev.steward.console.conversation.Conversation;
import dev.steward.console.format.Figures;
import dev.steward.console.part.Mark;
import dev.steward.console.part.Mark.Tone;
import dev.steward.domain.SpanKind;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.OutcomeWords;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunStatus;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether the run did what it should: by its outcome, what it changed, and what went wrong.
record RightAction(Matter matter) {
  private static final int NAMES_MAX = 3;

  /// How the gateway's own word on a run that it stopped begins.
  private static final String STOPPED = "stopped: ";

  Answer answer() {
    List<Evidence> evidence = new ArrayList<>();
    judgement(evidence);
    changes(evidence);
    errors(evidence);
    return new Answer("Right action?", mark(), evidence);
  }

  private Mark mark() {
    Run run = matter.run();
    String outcome = run.outcome();
    if (outcome != null) {
      if (OutcomeWords.success(outcome, run.score())) {
        return new Mark(Tone.OK, "Yes, " + outcome);
      }
      if (outcome.startsWith(STOPPED)) {
        return new Mark(Tone.WARNING, "No, it was " + outcome);
      }
      return failure(outcome)
          ? new Mark(Tone.CRITICAL, "No, " + outcome)
          : new Mark(Tone.UNKNOWN, "It ended as " + outcome);
    }
    if (run.status().open()) {
      return new Mark(Tone.RUNNING, "Still at work");
    }
    if (run.status() == RunStatus.FAILED) {
      return new Mark(Tone.CRITICAL, "No, it failed");
    }
    return run.errors() > 0
        ? new Mark(Tone.WARNING, "Nobody said, and it met errors")
        : new Mark(Tone.UNKNOWN, "Nobody said");
  }

  private static boolean failure(String outcome) {
    return switch (outcome.toLowerCase(java.util.Locale.ROOT)) {
      case "failure", "fail", "failed", "incorrect", "error", "rejected", "false", "no", "bad" ->
          true;
      default -> false;
    };
  }

  private void judgement(List<Evidence> evidence) {
    List<Evaluation> told = matter.evaluations();
    Evaluation outcome = null;
    for (Evaluation evaluation : told) {
      outcome = evaluation.outcome() ? evaluation : outcome;
    }
    if (outcome == null) {
      evidence.add(Evidence.of("No outcome was told"));
    } else {
      evidence.add(
          new Evidence(
              "Told by " + Judge.words(outcome.by(), matter.state()),
              matter.base() + "#judgements"));
    }
    int others = told.size() - (outcome == null ? 0 : 1);
    if (others > 0) {
      evidence.add(
          new Evidence(
              Figures.of(others, "other judgement", "other judgements"),
              matter.base() + "#judgements"));
    }
  }

  private void changes(List<Evidence> evidence) {
    Span first = null;
    int changes = 0;
    int unknown = 0;
    int calls = 0;
    int attempts = 0;
    TreeSet<String> names = new TreeSet<>();
    for (SpanTree.Node node : matter.tree().nodes()) {
      Span span = node.span();
      if (span.kind() == SpanKind.TOOL) {
        String tool = Conversation.toolName(span);
        calls++;
        unknown += matter.effects().of(tool).isEmpty() ? 1 : 0;
        boolean tried = matter.effects().changes(tool);
        attempts += tried ? 1 : 0;
        if (tried && span.status() != Span.Status.ERROR) {
          changes++;
          first = first == null ? span : first;
          names.add(tool);
        }
      }
    }
    if (calls > 0 && unknown == calls) {
      evidence.add(
          Evidence.of(
              calls == 1
                  ? "What its tool call does is not declared"
                  : "What its " + Figures.count(calls) + " tool calls do is not declared"));
      return;
    }
    evidence.add(changed(changes, names, first, calls, attempts));
    if (unknown > 0) {
      evidence.add(
          Evidence.of(
              "What "
                  + Figures.of(unknown, "further call does", "further calls do")
                  + " is not declared"));
    }
  }

  private Evidence changed(
      int changes, TreeSet<String> names, @Nullable Span first, int calls, int attempts) {
    if (first == null) {
      return Evidence.of(
          calls == 0
              ? "It called no tool"
              : attempts == 0
                  ? "The tools it called only read"
                  : Figures.of(attempts, "call", "calls") + " to change something failed");
    }
    String listed = String.join(", ", names.stream().limit(NAMES_MAX).toList());
    return new Evidence(
        Figures.of(changes, "call changed something: ", "calls changed something: ")
            + listed
            + (names.size() > NAMES_MAX ? " and others" : ""),
        matter.step(first));
  }

  private void errors(List<Evidence> evidence) {
    for (SpanTree.Node node : matter.tree().nodes()) {
      Span span = node.span();
      boolean own = span.kind() != SpanKind.STEP && span.kind() != SpanKind.OTHER;
      if (own && span.status() == Span.Status.ERROR && (node.children() == 0)) {
        evidence.add(
            new Evidence(
                Figures.of(Math.max(1, matter.run().errors()), "error", "errors")
                    + ", the first at "
                    + name(span),
                matter.step(span)));
        return;
      }
    }
  }

  private static String name(Span span) {
    return switch (span.kind()) {
      case TOOL -> Conversation.toolName(span);
      case MODEL -> span.modelName() == null ? span.name() : span.modelName();
      case AGENT, RETRIEVER, EMBEDDING, GUARDRAIL, EVALUATOR, STEP, OTHER -> span.name();
    };
  }
}
