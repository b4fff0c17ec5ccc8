// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moment;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Mark;
import dev.steward.console.frame.PageUrl;
import dev.steward.console.runs.RunRow;
import dev.steward.trace.run.Run;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What stands above every view of a run.
///
/// @param ended null while it is open
/// @param tokens "11.8 k tokens in, 962 out"
/// @param costWords "0.0204 USD, all of it"
/// @param warnings what a reader should know before trusting the rest
public record RunHead(
    String id,
    RunRow row,
    Mark mark,
    Moment started,
    @Nullable Moment ended,
    @Nullable String conversation,
    @Nullable String conversationHref,
    String agentHref,
    String steps,
    String errors,
    String tokens,
    CostText cost,
    String costWords,
    java.util.List<String> warnings) {

  static RunHead of(Run run, Moments moments, boolean readsContent) {
    RunRow row = RunRow.of(run, moments, readsContent);
    PageUrl runs = PageUrl.of("/runs").with("range", "all");
    return new RunHead(
        run.id(),
        row,
        row.mark(),
        row.started(),
        run.endedAt() == null ? null : moments.of(run.endedAt()),
        run.conversation(),
        run.conversation() == null
            ? null
            : runs.with("conversation", run.conversation()).toString(),
        PageUrl.of("/runs").with("agent", run.agent()).toString(),
        "%s: %s, %s"
            .formatted(
                Figures.of(run.steps(), "step", "steps"),
                Figures.of(run.modelCalls(), "model call", "model calls"),
                Figures.of(run.toolCalls(), "tool call", "tool calls")),
        run.errors() == 0 ? "" : Figures.of(run.errors(), "error", "errors"),
        tokens(run),
        row.cost(),
        costWords(run),
        warnings(run));
  }

  private static String tokens(Run run) {
    if (run.modelCalls() == 0) {
      return "no tokens";
    }
    if (run.inputTokens() == null && run.outputTokens() == null) {
      return "tokens unknown";
    }
    return "tokens "
        + (run.inputTokens() == null ? "in unknown" : Figures.count(run.inputTokens()) + " in")
        + ", "
        + (run.outputTokens() == null ? "out unknown" : Figures.count(run.outputTokens()) + " out");
  }

  private static String costWords(Run run) {
    BigDecimal amount = run.cost().amount();
    String known = Figures.money(amount) + " " + run.cost().currency();
    if (run.cost().known()) {
      return known;
    }
    if (run.cost().unknown() == 0) {
      return "nothing with a price";
    }
    String calls = Figures.of(run.cost().unknown(), "call", "calls");
    return run.cost().priced() == 0
        ? "cost unknown"
        : "at least " + known + ", unknown for " + calls;
  }

  private static java.util.List<String> warnings(Run run) {
    java.util.List<String> warnings = new java.util.ArrayList<>();
    if (!run.registered()) {
      warnings.add(
          run.agent() + " is not registered: it has no owner, and its version is its own word.");
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
}
