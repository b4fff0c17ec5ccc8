// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.trace.assembly.ActivitySums;
import dev.steward.trace.assembly.RunSums;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.OutcomeWords;
import dev.steward.trace.run.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What agents did, summed over the table of runs so that no span is read.
final class Sums {
  private final Database database;
  private final Silence silence;

  Sums(Database database, Silence silence) {
    this.database = database;
    this.silence = silence;
  }

  List<AgentActivity> activity(Instant from, Instant to, Instant now) {
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
