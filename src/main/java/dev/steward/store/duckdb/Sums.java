// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.trace.assembly.RunSums;
import dev.steward.trace.run.CostQuery;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sums over the table of cost lines, which holds what is needed so that no span is read.
final class Sums {
  private final Database database;

  Sums(Database database) {
    this.database = database;
  }

  List<CostQuery.Row> cost(CostQuery query) {
    List<String> names = query.by().stream().map(Sums::dimension).toList();
    String dimensions = String.join(", ", names);
    String grouping = names.isEmpty() ? "" : dimensions + ", ";
    String from =
        " from cost_lines where minute >= ? and minute < ?"
            + (query.agent() == null ? "" : " and agent = ?")
            + (query.environment() == null ? "" : " and environment = ?");
    Database.Binder binder =
        statement -> {
          statement.setLong(1, Ids.nanos(query.from()));
          statement.setLong(2, Ids.nanos(query.to()));
          int next = 3;
          if (query.agent() != null) {
            statement.setString(next++, query.agent());
          }
          if (query.environment() != null) {
            statement.setString(next, query.environment());
          }
        };
    int size = names.size();
    Map<List<String>, Long> runs = new HashMap<>();
    database
        .read(
            "select "
                + grouping
                + "count(distinct hash(trace, suffix)) as runs"
                + from
                + (names.isEmpty() ? "" : " group by " + dimensions),
            binder,
            row -> Map.entry(group(row, size), row.getLong("runs")))
        .forEach(entry -> runs.put(entry.getKey(), entry.getValue()));
    Map<List<String>, Group> groups = new LinkedHashMap<>();
    database
        .read(
            "select "
                + grouping
                + "currency, sum(amount) as amount, sum(priced)::bigint as priced,"
                + " sum(unknown)::bigint as unknown, sum(model_calls)::bigint as model_calls,"
                + " sum(input_tokens)::bigint as input_tokens,"
                + " sum(output_tokens)::bigint as output_tokens"
                + from
                + " group by "
                + grouping
                + "currency"
                + (names.isEmpty() ? "" : " order by " + dimensions),
            binder,
            row -> Map.entry(group(row, size), new Group(row)))
        .forEach(entry -> groups.merge(entry.getKey(), entry.getValue(), Group::plus));
    List<CostQuery.Row> rows = new ArrayList<>();
    groups.forEach((key, group) -> rows.add(group.row(key, runs.getOrDefault(key, 0L))));
    return rows;
  }

  private static List<String> group(ResultSet row, int size) throws SQLException {
    List<String> values = new ArrayList<>(size);
    for (int i = 1; i <= size; i++) {
      values.add(row.getString(i));
    }
    return List.copyOf(values);
  }

  private static String dimension(CostQuery.By by) {
    return switch (by) {
      case AGENT -> "agent";
      case VERSION -> "version";
      case MODEL -> "model";
      case TOOL -> "tool";
      case WORKFLOW -> "workflow";
      case TEAM -> "team";
      case DAY -> "(date '1970-01-01' + (minute // 86400000000000)::integer)::varchar";
    };
  }

  private static final class Group {
    private final RunSums sums = new RunSums();
    private long modelCalls;
    private @Nullable Long input;
    private @Nullable Long output;
    private final List<Object[]> parts = new ArrayList<>();

    Group(ResultSet row) throws SQLException {
      BigDecimal amount = Objects.requireNonNull(row.getBigDecimal("amount"));
      parts.add(
          new Object[] {
            row.getString("currency"), amount, row.getInt("priced"), row.getInt("unknown")
          });
      modelCalls = row.getLong("model_calls");
      input = SpanRows.big(row, "input_tokens");
      output = SpanRows.big(row, "output_tokens");
    }

    Group plus(Group other) {
      parts.addAll(other.parts);
      modelCalls += other.modelCalls;
      input = RunSums.plus(input, other.input);
      output = RunSums.plus(output, other.output);
      return this;
    }

    CostQuery.Row row(List<String> key, long runs) {
      parts.forEach(part ->
          sums.add((String) part[0], (BigDecimal) part[1], (Integer) part[2], (Integer) part[3]));
      return new CostQuery.Row(key, sums.cost(), runs, modelCalls, input, output);
    }
  }
}
