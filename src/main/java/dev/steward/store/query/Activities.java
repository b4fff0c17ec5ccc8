// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.query;

import dev.steward.store.rows.Ids;
import dev.steward.store.rows.SpanRows;
import dev.steward.store.rows.Tables;
import dev.steward.trace.assembly.RunSums;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.ActivitySlice;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.OutcomeWords;
import dev.steward.trace.run.Silence;
import dev.steward.trace.run.UsedPart;
import dev.steward.trace.sums.ActivitySums;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What agents did, added up over the table of runs; no span is read.
public final class Activities {
  private static final String SUCCESS =
      "if(outcome is not null, lower(outcome) in ("
          + Ids.quoted(new TreeSet<>(OutcomeWords.SUCCESS))
          + "), coalesce(score, 0) >= 0.5)";
  private static final String JUDGED = "(outcome is not null or score is not null)";

  private final Tables database;
  private final Silence silence;

  public Activities(Tables database, Silence silence) {
    this.database = database;
    this.silence = silence;
  }

  public List<AgentActivity> activity(ActivityQuery query, Instant now) {
    Map<String, RunSums> costs = costs(query);
    Map<String, Long[]> slices = slices(query);
    Map<String, Names> names = names(query);
    String abandoned = RunSql.abandoned(silence, now);
    String open = RunSql.open(abandoned);
    return database.read(
        "select agent, bool_or(registered) as registered, count(*) as runs, count_if("
            + open
            + ")::bigint as open, count_if("
            + JUDGED
            + ")::bigint as judged, count_if("
            + SUCCESS
            + ")::bigint as successes,"
            + " count_if(errors > 0)::bigint as errors, min(first_seen) as first,"
            + " max(last_seen) as last, quantile_disc("
            + RunSql.duration(abandoned)
            + ", 0.95) filter (where not "
            + open
            + ") as p95"
            + where(query)
            + " group by agent order by agent",
        binder(query),
        row -> {
          String agent = row.getString("agent");
          Names known = names.getOrDefault(agent, new Names());
          Long p95 = SpanRows.big(row, "p95");
          return new AgentActivity(
              agent,
              row.getBoolean("registered"),
              known.services,
              known.environments,
              known.models,
              known.tools,
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

  public List<ActivitySlice> slices(ActivityQuery query, int count) {
    String slice = slice(query, count);
    RunSums[] costs = new RunSums[count];
    Arrays.setAll(costs, _ -> new RunSums());
    database.read(
        "select "
            + slice
            + " as slice, currency, sum(cost) as amount, sum(priced)::bigint as priced,"
            + " sum(unknown)::bigint as unknown"
            + where(query)
            + " group by slice, currency",
        binder(query),
        row -> {
          add(costs[row.getInt("slice")], row);
          return null;
        });
    ActivitySlice[] all = new ActivitySlice[count];
    Arrays.setAll(
        all,
        i ->
            new ActivitySlice(
                query.sliceStart(i, count),
                query.sliceStart(i + 1, count),
                0,
                0,
                0,
                0,
                0,
                costs[i].cost()));
    database.read(
        "select "
            + slice
            + " as slice, count(*) as runs, count_if("
            + JUDGED
            + ")::bigint as judged, count_if("
            + SUCCESS
            + ")::bigint as successes, count_if(errors > 0)::bigint as errors,"
            + " count(distinct coalesce(task, replace(trace::varchar, '-', '') || suffix))"
            + " filter (where "
            + SUCCESS
            + ") as tasks"
            + where(query)
            + " group by slice",
        binder(query),
        row -> {
          int i = row.getInt("slice");
          all[i] =
              new ActivitySlice(
                  all[i].from(),
                  all[i].to(),
                  row.getLong("runs"),
                  row.getLong("judged"),
                  row.getLong("successes"),
                  row.getLong("errors"),
                  row.getLong("tasks"),
                  all[i].cost());
          return null;
        });
    return List.of(all);
  }

  public List<UsedPart> used(ActivityQuery query) {
    List<UsedPart> parts = new ArrayList<>();
    for (UsedPart.Kind kind : UsedPart.Kind.values()) {
      String names =
          switch (kind) {
            case MODEL -> "select unnest(models) as name, last_seen" + where(query);
            case TOOL -> "select unnest(tool_names) as name, last_seen" + where(query);
            case SOURCE -> "select unnest(sources) as name, last_seen" + where(query);
            case WORKFLOW ->
                "select workflow as name, last_seen" + where(query) + " and workflow is not null";
            case VERSION -> "select version as name, last_seen" + where(query);
            case AGENT ->
                "select distinct c.agent as name, r.last_seen, r.trace, r.suffix from (select *"
                    + where(query)
                    + ") r join cost_lines c on c.trace = r.trace and c.suffix = r.suffix"
                    + " where c.agent <> r.agent";
          };
      parts.addAll(
          database.read(
              "select name, count(*) as runs, max(last_seen) as last from ("
                  + names
                  + ") group by name order by name",
              binder(query),
              row ->
                  new UsedPart(
                      kind,
                      row.getString("name"),
                      row.getLong("runs"),
                      Ids.at(row.getLong("last")))));
    }
    return List.copyOf(parts);
  }

  private static String where(ActivityQuery query) {
    return " from runs where started >= "
        + Ids.nanos(query.from())
        + " and started < "
        + Ids.nanos(query.to())
        + (query.agent() == null ? "" : " and agent = ?")
        + (query.environment() == null ? "" : " and environment = ?")
        + within(query.within());
  }

  private static String within(@Nullable Set<String> environments) {
    if (environments == null) {
      return "";
    }
    return environments.isEmpty()
        ? " and false"
        : " and environment in (" + Ids.quoted(environments) + ")";
  }

  private static Tables.Binder binder(ActivityQuery query) {
    return statement -> {
      int next = 1;
      if (query.agent() != null) {
        statement.setString(next++, query.agent());
      }
      if (query.environment() != null) {
        statement.setString(next, query.environment());
      }
    };
  }

  private Map<String, RunSums> costs(ActivityQuery query) {
    Map<String, RunSums> costs = new HashMap<>();
    database.read(
        "select agent, currency, sum(cost) as amount, sum(priced)::bigint as priced,"
            + " sum(unknown)::bigint as unknown"
            + where(query)
            + " group by agent, currency",
        binder(query),
        row -> {
          add(costs.computeIfAbsent(row.getString("agent"), _ -> new RunSums()), row);
          return null;
        });
    return costs;
  }

  private static void add(RunSums sums, ResultSet row) throws SQLException {
    sums.add(
        row.getString("currency"),
        Objects.requireNonNull(row.getBigDecimal("amount")),
        row.getInt("priced"),
        row.getInt("unknown"));
  }

  private Map<String, Long[]> slices(ActivityQuery query) {
    Map<String, Long[]> slices = new HashMap<>();
    database.read(
        "select agent, "
            + slice(query, ActivitySums.SLICES)
            + " as slice, count(*) as runs"
            + where(query)
            + " group by agent, slice",
        binder(query),
        row -> {
          slices.computeIfAbsent(row.getString("agent"), _ -> noRuns())[row.getInt("slice")] =
              row.getLong("runs");
          return null;
        });
    return slices;
  }

  private static String slice(ActivityQuery query, int count) {
    return "least("
        + (count - 1)
        + ", ((started - "
        + Ids.nanos(query.from())
        + ") // 1000000) * "
        + count
        + " // "
        + query.lengthMillis()
        + ")";
  }

  private static Long[] noRuns() {
    Long[] slices = new Long[ActivitySums.SLICES];
    Arrays.fill(slices, 0L);
    return slices;
  }

  private static final class Names {
    private final Set<String> services = new TreeSet<>();
    private final Set<String> environments = new TreeSet<>();
    private final Set<String> models = new TreeSet<>();
    private final Set<String> tools = new TreeSet<>();
  }

  /// Most runs of an agent use the same, so the combinations are few and are taken apart here.
  private Map<String, Names> names(ActivityQuery query) {
    Map<String, Names> names = new HashMap<>();
    database.read(
        "select distinct agent, environment, services, models, tool_names" + where(query),
        binder(query),
        row -> {
          Names known = names.computeIfAbsent(row.getString("agent"), _ -> new Names());
          String environment = row.getString("environment");
          if (!environment.isEmpty()) {
            known.environments.add(environment);
          }
          addAll(known.services, row.getArray("services"));
          addAll(known.models, row.getArray("models"));
          addAll(known.tools, row.getArray("tool_names"));
          return null;
        });
    return names;
  }

  private static void addAll(Set<String> names, Array more) throws SQLException {
    for (Object name : (Object[]) more.getArray()) {
      names.add((String) name);
    }
  }
}
