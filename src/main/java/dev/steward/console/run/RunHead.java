// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.console.answer.Answer;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moment;
import dev.steward.console.format.Moments;
import dev.steward.console.part.Mark;
import dev.steward.console.runs.RunRow;
import dev.steward.domain.Percent;
import dev.steward.trace.gateway.Enforced;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands above every view of a run.
///
/// @param ended null while it is open
/// @param task null where nobody said which piece of work it belongs to
/// @param compareHref the way to another run beside it
/// @param room what is known of the models' context windows, null where nothing is
/// @param answers to the four questions
/// @param warnings what a reader should know before trusting the rest
/// @param ungoverned whether a call went past the gateway that must not
public record RunHead(
    String id,
    RunRow row,
    Mark mark,
    Moment started,
    @Nullable Moment ended,
    @Nullable String conversation,
    @Nullable String conversationHref,
    String agentHref,
    @Nullable String task,
    @Nullable String taskHref,
    String compareHref,
    String steps,
    @Nullable Room room,
    List<Answer> answers,
    List<String> warnings,
    boolean ungoverned) {
  /// Documents that are named in a warning; of more there is a count.
  private static final int DOCUMENTS_NAMED = 10;

  /// How full the fullest context window was.
  ///
  /// @param href of the model call
  public record Room(ContextFill fill, String href) {}

  /// @param spans of its trace
  /// @param fills of its model calls
  /// @param documents that its retrievals returned otherwise than they were known, in words
  static RunHead of(
      Run run,
      Moments moments,
      boolean readsContent,
      List<Answer> answers,
      List<Span> spans,
      List<ContextFill> fills,
      List<String> documents) {
    RunRow row = RunRow.of(run, moments, readsContent);
    boolean ofTask = !run.task().equals(run.id()) && !run.task().equals(run.traceId());
    return new RunHead(
        run.id(),
        row,
        row.mark(),
        row.started(),
        run.endedAt() == null ? null : moments.of(run.endedAt()),
        run.conversation(),
        run.conversation() == null ? null : "/conversations/" + Percent.encoded(run.conversation()),
        PageUrl.of("/runs").with("agent", run.agent()).toString(),
        ofTask ? run.task() : null,
        ofTask ? "/tasks/" + Percent.encoded(run.task()) : null,
        row.href() + "/compare",
        "%s: %s, %s"
            .formatted(
                Figures.of(run.steps(), "step", "steps"),
                Figures.of(run.modelCalls(), "model call", "model calls"),
                Figures.of(run.toolCalls(), "tool call", "tool calls")),
        ContextFills.highest(fills).map(fill -> room(row, fill)).orElse(null),
        answers,
        warnings(run, spans, documents),
        run.pastGateway());
  }

  private static Room room(RunRow row, ContextFill fill) {
    String step = "#s-" + fill.spanId();
    return new Room(fill, PageUrl.of(row.href()).with("step", fill.spanId()) + step);
  }

  private static List<String> warnings(Run run, List<Span> spans, List<String> documents) {
    List<String> warnings = new ArrayList<>();
    List<String> undeclared = Enforced.undeclared(spans);
    if (!undeclared.isEmpty()) {
      warnings.add(
          "Undeclared change: the process %s. The step says what differs."
              .formatted(String.join("; it ", undeclared)));
    }
    if (!documents.isEmpty()) {
      warnings.add(documents(documents));
    }
    int estimated = RunCost.estimated(spans);
    if (run.ungoverned() > 0) {
      warnings.add(
          "%s did not pass the gateway, though the agent is registered as governed: no policy, budget"
                  .formatted(Figures.of(run.ungoverned(), "model call", "model calls"))
              + " or kill switch reached them.");
    }
    if (run.ungovernedTools() > 0) {
      warnings.add(
          "%s of tools that lie behind the gateway did not pass it, though the agent is registered as governed:"
                  .formatted(Figures.of(run.ungovernedTools(), "call", "calls"))
              + " no policy, approval or kill switch reached them.");
    }
    if (estimated > 0) {
      warnings.add(
          "The cost of %s is estimated: the provider did not say what was used, so the gateway counted it."
              .formatted(Figures.of(estimated, "model call", "model calls")));
    }
    if (run.skewed()) {
      warnings.add(
          "It arrived more than five minutes off its own times: sent late, imported, or by a wrong"
              + " clock. The times shown are the sender's.");
    }
    if (run.rootSpanId() == null && !run.status().open()) {
      warnings.add("The span of the agent itself never arrived; the rest stands on its own.");
    }
    return warnings;
  }

  private static String documents(List<String> changed) {
    int named = Math.min(changed.size(), DOCUMENTS_NAMED);
    String more =
        changed.size() == named
            ? ""
            : "; and " + Figures.of(changed.size() - named, "other", "others");
    return "Undeclared change of data: the run "
        + String.join("; it ", changed.subList(0, named))
        + more
        + ". Nobody told of it.";
  }
}
