// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.query;

import dev.steward.store.rows.Ids;
import dev.steward.store.rows.SpanRows;
import dev.steward.store.rows.Tables;
import dev.steward.trace.assembly.RunSums;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.CostQuery.By;
import dev.steward.trace.run.OutcomeWords;
import dev.steward.trace.sums.TaskRows;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sums of cost over the tables of cost lines and runs, which hold what is needed so that no span
/// is read.
public final class CostSums {
  private static final int TRACE = 32;
  private static final long MINUTE = 60_000_000_000L;
  private static final String JUDGED = "(outcome is not null or score is not null)";
  private static final String SUCCESS =
      "if(outcome is not null, lower(outcome) in ("
          + Ids.quoted(new TreeSet<>(OutcomeWords.SUCCESS))
          + "), coalesce(score, 0) >= 0.5)";

  private final Tables database;

  public CostSums(Tables database) {
    this.database = database;
  }

  public List<CostQuery.Row> lines(CostQuery query) {
    Groups groups = new Groups(query, "minute");
    String from = " from cost_lines" + groups.where();
    Map<List<String>, Long> runs = query.countsRuns() ? runs(groups, from) : Map.of();
    Map<List<String>, Lines> found = new LinkedHashMap<>();
    database
        .read(
            "select "
                + groups.columns()
                + "currency, sum(amount) as amount, sum(priced)::bigint as priced,"
                + " sum(unknown)::bigint as unknown, sum(model_calls)::bigint as model_calls,"
                + " sum(input_tokens)::bigint as input_tokens,"
                + " sum(output_tokens)::bigint as output_tokens"
                + from
                + groups.groupBy("currency")
                + groups.orderBy(),
            _ -> {},
            row -> Map.entry(groups.key(row), new Lines(row)))
        .forEach(entry -> found.merge(entry.getKey(), entry.getValue(), Lines::plus));
    List<CostQuery.Row> rows = new ArrayList<>();
    found.forEach((key, lines) -> rows.add(lines.row(key, runs.get(key))));
    return rows;
  }

  private Map<List<String>, Long> runs(Groups groups, String from) {
    Map<List<String>, Long> runs = new HashMap<>();
    database
        .read(
            "select "
                + groups.columns()
                + "count(distinct hash(trace, suffix)) as runs"
                + from
                + groups.groupBy(""),
            _ -> {},
            row -> Map.entry(groups.key(row), row.getLong("runs")))
        .forEach(entry -> runs.put(entry.getKey(), entry.getValue()));
    return runs;
  }

  public List<CostQuery.TaskRow> tasks(CostQuery query) {
    TaskRows.requireOfRuns(query);
    Groups groups = new Groups(query, "started");
    String runs =
        "with r as (select "
            + groups.columns()
            + "if(task is null, hash(trace, suffix), hash(task)) as t, "
            + JUDGED
            + " as judged, "
            + SUCCESS
            + " as success, currency, cost, priced, unknown from runs"
            + groups.where()
            + ") ";
    Map<List<String>, RunSums> costs = new HashMap<>();
    database.read(
        runs
            + "select "
            + groups.names()
            + "currency, sum(cost) as amount, sum(priced)::bigint as priced,"
            + " sum(unknown)::bigint as unknown from r where ("
            + groups.names()
            + "t) in (select "
            + groups.bracketed()
            + " from r where judged)"
            + groups.groupBy("currency"),
        _ -> {},
        row -> {
          costs
              .computeIfAbsent(groups.key(row), _ -> new RunSums())
              .add(
                  row.getString("currency"),
                  amount(row),
                  row.getInt("priced"),
                  row.getInt("unknown"));
          return null;
        });
    return database.read(
        runs
            + "select "
            + groups.names()
            + "sum(runs)::bigint as runs, count(*) as tasks, count_if(judged)::bigint as judged,"
            + " count_if(success)::bigint as successes from (select "
            + groups.names()
            + "t, count(*) as runs, bool_or(judged) as judged, bool_or(success) as success from r"
            + groups.groupBy("t")
            + ")"
            + groups.groupBy("")
            + groups.orderBy(),
        _ -> {},
        row -> {
          List<String> key = groups.key(row);
          return new CostQuery.TaskRow(
              key,
              row.getLong("runs"),
              row.getLong("tasks"),
              row.getLong("judged"),
              row.getLong("successes"),
              costs.getOrDefault(key, new RunSums()).cost());
        });
  }

  private static BigDecimal amount(ResultSet row) throws SQLException {
    return Objects.requireNonNull(row.getBigDecimal("amount"));
  }

  /// The parts of a statement that say how it groups and filters. The columns of the groups are
  /// named g0, g1 and so on.
  private static final class Groups {
    private final CostQuery query;
    private final String time;

    Groups(CostQuery query, String time) {
      this.query = query;
      this.time = time;
    }

    /// With their names, each followed by a comma.
    String columns() {
      return each(i -> column(query.by().get(i)) + " as g" + i + ", ");
    }

    /// Each followed by a comma.
    String names() {
      return each(i -> "g" + i + ", ");
    }

    /// The names and the task, as one value where there are several.
    String bracketed() {
      return query.by().isEmpty() ? "t" : "(" + names() + "t)";
    }

    String groupBy(String more) {
      String all = names() + more;
      if (all.isEmpty()) {
        return "";
      }
      return " group by " + (more.isEmpty() ? all.substring(0, all.length() - 2) : all);
    }

    String orderBy() {
      String names = names();
      return names.isEmpty() ? "" : " order by " + names.substring(0, names.length() - 2);
    }

    private String each(Function<Integer, String> part) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < query.by().size(); i++) {
        all.append(part.apply(i));
      }
      return all.toString();
    }

    String where() {
      StringBuilder where =
          new StringBuilder(" where ")
              .append(time)
              .append(" >= ")
              .append(Ids.nanos(query.from()))
              .append(" and ")
              .append(time)
              .append(" < ")
              .append(Ids.nanos(query.to()));
      new TreeMap<>(query.only())
          .forEach((by, values) ->
              where
                  .append(" and ")
                  .append(
                      values.isEmpty()
                          ? "false"
                          : column(by) + " in (" + Ids.quoted(new TreeSet<>(values)) + ")"));
      Set<String> runs = query.only().get(By.RUN);
      if (runs != null && !runs.isEmpty() && runs.stream().allMatch(Groups::namesTrace)) {
        // the run's id is put together row by row; this column is searched block by block
        TreeSet<String> traces = new TreeSet<>();
        runs.forEach(run -> traces.add(Ids.trace(run.substring(0, TRACE)).toString()));
        where.append(" and trace in (").append(Ids.quoted(traces)).append(")");
      }
      return where.toString();
    }

    private static boolean namesTrace(String run) {
      return run.length() >= TRACE && Ids.isTrace(run.substring(0, TRACE));
    }

    private String column(By by) {
      return switch (by) {
        case AGENT -> "agent";
        case CALLER -> "coalesce(caller, '')";
        case VERSION -> "version";
        case WHAT -> "coalesce(what, 'model')";
        case PROVIDER -> "coalesce(provider, '')";
        case STEP -> "coalesce(step, '')";
        case MODEL -> "model";
        case TOOL -> "tool";
        case WORKFLOW -> "coalesce(workflow, '')";
        case TEAM -> "team";
        case ENVIRONMENT -> "environment";
        case RUN -> "replace(trace::varchar, '-', '') || suffix";
        case DAY -> time + " // " + 1440 * MINUTE;
        case HOUR -> time + " // " + 60 * MINUTE;
        case MINUTE -> time + " // " + MINUTE;
      };
    }

    List<String> key(ResultSet row) throws SQLException {
      List<String> values = new ArrayList<>(query.by().size());
      for (int i = 0; i < query.by().size(); i++) {
        String name = "g" + i;
        values.add(
            switch (query.by().get(i)) {
              case AGENT,
                  CALLER,
                  VERSION,
                  WHAT,
                  PROVIDER,
                  MODEL,
                  TOOL,
                  WORKFLOW,
                  TEAM,
                  ENVIRONMENT,
                  RUN,
                  STEP ->
                  String.valueOf(row.getString(name));
              case DAY -> LocalDate.ofEpochDay(row.getLong(name)).toString();
              case HOUR -> Instant.ofEpochSecond(row.getLong(name) * 3600).toString();
              case MINUTE -> Instant.ofEpochSecond(row.getLong(name) * 60).toString();
            });
      }
      return List.copyOf(values);
    }
  }

  private static final class Lines {
    private record Part(String currency, BigDecimal amount, int priced, int unknown) {}

    private final List<Part> parts = new ArrayList<>();
    private long modelCalls;
    private @Nullable Long input;
    private @Nullable Long output;

    Lines(ResultSet row) throws SQLException {
      parts.add(
          new Part(
              row.getString("currency"), amount(row), row.getInt("priced"), row.getInt("unknown")));
      modelCalls = row.getLong("model_calls");
      input = SpanRows.big(row, "input_tokens");
      output = SpanRows.big(row, "output_tokens");
    }

    Lines plus(Lines other) {
      parts.addAll(other.parts);
      modelCalls += other.modelCalls;
      input = RunSums.plus(input, other.input);
      output = RunSums.plus(output, other.output);
      return this;
    }

    CostQuery.Row row(List<String> key, @Nullable Long runs) {
      RunSums sums = new RunSums();
      parts.forEach(part -> sums.add(part.currency, part.amount, part.priced, part.unknown));
      return new CostQuery.Row(key, sums.cost(), runs, modelCalls, input, output);
    }
  }
}
