// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.export;

import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs as CSV. What is not known is empty, never 0.
public final class RunsCsv {
  private final CsvText csv;

  public RunsCsv() {
    csv =
        new CsvText()
            .line(
                List.of(
                    "run",
                    "agent",
                    "version",
                    "environment",
                    "team",
                    "workflow",
                    "task",
                    "conversation",
                    "status",
                    "outcome",
                    "score",
                    "started",
                    "ended",
                    "seconds",
                    "steps",
                    "model_calls",
                    "tool_calls",
                    "errors",
                    "input_tokens",
                    "output_tokens",
                    "cost",
                    "currency",
                    "unknown_cost_spans",
                    "registered",
                    "title"));
  }

  /// @param readsContent whether its title, which is what was asked, may be told
  public void add(Run run, boolean readsContent) {
    RunCost cost = run.cost();
    List<String> cells = new ArrayList<>();
    cells.add(run.id());
    cells.add(CsvText.name(run.agent()));
    cells.add(CsvText.name(run.version()));
    cells.add(CsvText.name(run.environment()));
    cells.add(CsvText.name(run.team()));
    cells.add(name(run.workflow()));
    cells.add(CsvText.name(run.task()));
    cells.add(name(run.conversation()));
    cells.add(run.status().word());
    cells.add(name(run.outcome()));
    cells.add(run.score() == null ? "" : String.valueOf(run.score()));
    cells.add(run.startedAt().toString());
    Instant ended = run.endedAt();
    cells.add(ended == null ? "" : ended.toString());
    cells.add(ended == null ? "" : seconds(run));
    cells.add(Integer.toString(run.steps()));
    cells.add(Integer.toString(run.modelCalls()));
    cells.add(Integer.toString(run.toolCalls()));
    cells.add(Integer.toString(run.errors()));
    cells.add(CostCsv.count(run.inputTokens()));
    cells.add(CostCsv.count(run.outputTokens()));
    cells.add(cost.priced() == 0 ? "" : cost.amount().toPlainString());
    cells.add(cost.priced() == 0 ? "" : cost.currency());
    cells.add(Integer.toString(cost.unknown()));
    cells.add(run.registered() ? "yes" : "no");
    cells.add(readsContent ? CsvText.name(run.title()) : "");
    csv.line(cells);
  }

  private static String seconds(Run run) {
    return java.math.BigDecimal.valueOf(run.duration().toMillis(), 3).toPlainString();
  }

  private static String name(@Nullable String text) {
    return text == null ? "" : CsvText.name(text);
  }

  @Override
  public String toString() {
    return csv.toString();
  }
}
