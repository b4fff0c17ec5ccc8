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

  private static final String TASKS =
      "count(distinct coalesce(task, replace(trace::varchar, '-', '') || suffix)) filter (where "
          + SUCCESS
          + ") as tasks";

  private static final List<UsedPart.Kind> KINDS = List.of(UsedPart.Kind.values());

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

  /// A run has one currency, so counts by currency add up; only a task may have runs in two, and
  /// then tasks are counted again without it.
  public List<ActivitySlice> slices(ActivityQuery query, int count) {
    RunSums[] costs = new RunSums[count];
    Arrays.setAll(costs, _ -> new RunSums());
    Counts[] counts = new Counts[count];
    Arrays.fill(counts, Counts.NONE);
    Set<String> currencies = new TreeSet<>();
    database.read(
        "select "
            + slice(query, count)
            + " as slice, currency, sum(cost) as amount, sum(priced)::bigint as priced,"
            + " sum(unknown)::bigint as unknown, count(*) as runs, count_if("
            + JUDGED
            + ")::bigint as judged, count_if("
            + SUCCESS
            + ")::bigint as successes, count_if(errors > 0)::bigint as errors, "
            + TASKS
            + where(query)
            + " group by slice, currency",
        binder(query),
        row -> {
          int slice = row.getInt("slice");
          add(costs[slice], row);
          counts[slice] = counts[slice].plus(Counts.read(row));
          currencies.add(row.getString("currency"));
          return null;
        });
    if (currencies.size() > 1) {
      database.read(
          "select "
              + slice(query, count)
              + " as slice, "
              + TASKS
              + where(query)
              + " group by slice",
          binder(query),
          row -> {
            int slice = row.getInt("slice");
            counts[slice] = counts[slice].with(row.getLong("tasks"));
            return null;
          });
    }
    List<ActivitySlice> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(
          new ActivitySlice(
              query.sliceStart(i, count),
              query.sliceStart(i + 1, count),
              counts[i].runs(),
              counts[i].judged(),
              counts[i].successes(),
              counts[i].errors(),
              counts[i].tasks(),
              costs[i].cost()));
    }
    return List.copyOf(all);
  }

  private record Counts(long runs, long judged, long successes, long errors, long tasks) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    static Counts read(ResultSet row) throws SQLException {
      return new Counts(
          row.getLong("runs"),
          row.getLong("judged"),
          row.getLong("successes"),
          row.getLong("errors"),
          row.getLong("tasks"));
    }

    Counts plus(Counts other) {
      return new Counts(
          runs + other.runs,
          judged + other.judged,
          successes + other.successes,
          errors + other.errors,
          tasks + other.tasks);
    }

    Counts with(long otherTasks) {
      return new Counts(runs, judged, successes, errors, otherTasks);
    }
  }

  /// One statement for all kinds: planning one costs more than reading the runs of an agent.
  public List<UsedPart> used(ActivityQuery query) {
    List<String> selects = new ArrayList<>();
    for (int i = 0; i < KINDS.size(); i++) {
      String names =
          switch (KINDS.get(i)) {
            case MODEL -> "select unnest(models) as name, last_seen from mine";
            case TOOL -> "select unnest(tool_names) as name, last_seen from mine";
            case SOURCE -> "select unnest(sources) as name, last_seen from mine";
            case WORKFLOW ->
                "select workflow as name, last_seen from mine where workflow is not null";
            case VERSION -> "select version as name, last_seen from mine";
            case AGENT ->
                "select distinct c.agent as name, r.last_seen, r.trace, r.suffix from mine r"
                    + " join cost_lines c on c.trace = r.trace and c.suffix = r.suffix"
                    + " where c.agent <> r.agent";
          };
      selects.add(
          "select "
              + i
              + " as kind, name, count(*) as runs, max(last_seen) as last from ("
              + names
              + ") group by name");
    }
    return database.read(
        "with mine as materialized (select trace, suffix, agent, version, workflow, models,"
            + " tool_names, sources, last_seen"
            + where(query)
            + ") "
            + String.join(" union all ", selects)
            + " order by kind, name",
        binder(query),
        row ->
            new UsedPart(
                KINDS.get(row.getInt("kind")),
                row.getString("name"),
                row.getLong("runs"),
                Ids.at(row.getLong("last"))));
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
