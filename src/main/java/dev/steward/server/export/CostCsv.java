// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.export;

import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.RunCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Cost in groups as CSV. The amount is empty where nothing is known, never 0.
public final class CostCsv {
  private CostCsv() {}

  public static String of(CostQuery query, List<CostQuery.Row> rows) {
    List<String> head = new ArrayList<>();
    query.by().forEach(by -> head.add(by.name().toLowerCase(Locale.ROOT)));
    head.addAll(
        List.of(
            "cost",
            "currency",
            "priced_spans",
            "unknown_cost_spans",
            "runs",
            "model_calls",
            "input_tokens",
            "output_tokens"));
    CsvText csv = new CsvText().line(head);
    for (CostQuery.Row row : rows) {
      List<String> cells = new ArrayList<>();
      row.group().forEach(value -> cells.add(CsvText.name(value)));
      RunCost cost = row.cost();
      cells.add(cost.priced() == 0 ? "" : cost.amount().toPlainString());
      cells.add(cost.priced() == 0 ? "" : cost.currency());
      cells.add(Integer.toString(cost.priced()));
      cells.add(Integer.toString(cost.unknown()));
      cells.add(count(row.runs()));
      cells.add(Long.toString(row.modelCalls()));
      cells.add(count(row.inputTokens()));
      cells.add(count(row.outputTokens()));
      csv.line(cells);
    }
    return csv.toString();
  }

  static String count(@Nullable Long count) {
    return count == null ? "" : count.toString();
  }
}
