// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.query;

import dev.steward.store.rows.Ids;
import dev.steward.store.rows.SpanRows;
import dev.steward.store.rows.Tables;
import dev.steward.trace.assembly.ActivitySums;
import dev.steward.trace.assembly.RunSums;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.OutcomeWords;
import dev.steward.trace.run.Silence;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Sums over the tables of runs and cost lines, which hold what is needed so that no span is read.
public final class Sums {
  private final Tables database;
  private final Silence silence;

  public Sums(Tables database, Silence silence) {
    this.database = database;
    this.silence = silence;
  }

  public List<CostQuery.Row> cost(CostQuery query) {
    List<String> names = query.by().stream().map(Sums::dimension).toList();
    String dimensions = String.join(", ", names);
    String grouping = names.isEmpty() ? "" : dimensions + ", ";
    String from =
        " from cost_lines where minute >= ? and minute < ?"
            + (query.agent() == null ? "" : " and agent = ?")
            + (query.environment() == null ? "" : " and environment = ?");
    Tables.Binder binder =
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

  public List<AgentActivity> activity(Instant from, Instant to, Instant now) {
    String where =
        " from runs where started >= " + Ids.nanos(from) + " and started < " + Ids.nanos(to);
    Map<String, RunSums> costs = costs(where);
    Map<String, Long[]> slices = slices(where, from, to);
    Map<String, Map<String, Set<String>>> names = names(where);
    String abandoned = RunSql.abandoned(silence, now);
    String open = RunSql.open(abandoned);
    String success =
        "if(outcome is not null, lower(outcome) in ("
            + Ids.quoted(new TreeSet<>(OutcomeWords.SUCCESS))
            + "), coalesce(score, 0) >= 0.5)";
    return database.read(
        "select agent, bool_or(registered) as registered, count(*) as runs, count_if("
            + open
            + ")::bigint as open, count_if(outcome is not null or score is not null)::bigint as"
            + " judged, count_if("
            + success
            + ")::bigint as successes,"
            + " count_if(errors > 0)::bigint as errors, min(first_seen) as first,"
            + " max(last_seen) as last, quantile_disc("
            + RunSql.duration(abandoned)
            + ", 0.95) filter (where not "
            + open
            + ") as p95"
            + where
            + " group by agent order by agent",
        _ -> {},
        row -> {
          String agent = row.getString("agent");
          Map<String, Set<String>> sets = names.getOrDefault(agent, Map.of());
          Long p95 = SpanRows.big(row, "p95");
          return new AgentActivity(
              agent,
              row.getBoolean("registered"),
              sets.getOrDefault("service", Set.of()),
              sets.getOrDefault("environment", Set.of()),
              sets.getOrDefault("model", Set.of()),
              sets.getOrDefault("tool", Set.of()),
              row.getLong("runs"),
              row.getLong("open"),
              row.getLong("judged"),
              row.getLong("successes"),
              row.getLong("errors"),
              costs.getOrDefault(agent, new RunSums()).cost(),
              p95 == null ? null : Duration.ofNanos(p95),
              Ids.at(row.getLong("first")),
              Ids.at(row.getLong("last")),
              List.of(slices.getOrDefault(agent, noRuns())));
        });
  }

  private Map<String, RunSums> costs(String where) {
    Map<String, RunSums> costs = new HashMap<>();
    database.read(
        "select agent, currency, sum(cost) as amount, sum(priced)::bigint as priced,"
            + " sum(unknown)::bigint as unknown"
            + where
            + " group by agent, currency",
        _ -> {},
        row -> {
          costs
              .computeIfAbsent(row.getString("agent"), _ -> new RunSums())
              .add(
                  row.getString("currency"),
                  Objects.requireNonNull(row.getBigDecimal("amount")),
                  row.getInt("priced"),
                  row.getInt("unknown"));
          return null;
        });
    return costs;
  }

  private Map<String, Long[]> slices(String where, Instant from, Instant to) {
    long start = Ids.nanos(from);
    long whole = Math.max(1, Duration.between(from, to).toMillis());
    Map<String, Long[]> slices = new HashMap<>();
    database.read(
        "select agent, least("
            + (ActivitySums.SLICES - 1)
            + ", ((started - "
            + start
            + ") // 1000000) * "
            + ActivitySums.SLICES
            + " // "
            + whole
            + ") as slice, count(*) as runs"
            + where
            + " group by agent, slice",
        _ -> {},
        row -> {
          slices.computeIfAbsent(row.getString("agent"), _ -> noRuns())[row.getInt("slice")] =
              row.getLong("runs");
          return null;
        });
    return slices;
  }

  private static Long[] noRuns() {
    Long[] slices = new Long[ActivitySums.SLICES];
    Arrays.fill(slices, 0L);
    return slices;
  }

  private Map<String, Map<String, Set<String>>> names(String where) {
    Map<String, Map<String, Set<String>>> names = new TreeMap<>();
    database.read(
        "select distinct agent, 'service' as kind, unnest(services) as name"
            + where
            + " union select distinct agent, 'model', unnest(models)"
            + where
            + " union select distinct agent, 'tool', unnest(tool_names)"
            + where
            + " union select distinct agent, 'environment', environment"
            + where
            + " and environment <> ''",
        _ -> {},
        row -> {
          names
              .computeIfAbsent(row.getString("agent"), _ -> new HashMap<>())
              .computeIfAbsent(row.getString("kind"), _ -> new TreeSet<>())
              .add(row.getString("name"));
          return null;
        });
    return names;
  }
}
