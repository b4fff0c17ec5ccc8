// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.store.query.Archive;
import dev.steward.store.rows.EvaluationRows;
import dev.steward.store.rows.Ids;
import dev.steward.store.rows.SpanRows;
import dev.steward.trace.fact.SpanFacts;
import dev.steward.trace.span.SpanKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/// The traces that spans arrive for, read from the store when they are not in memory. Bounded by
/// spans; the trace that was quiet for longest goes first.
final class TraceCache {
  private static final int SPANS_MAX = 60_000;

  private final Archive archive;
  private final Map<String, TraceState> states = new LinkedHashMap<>(16, 0.75f, true);

  TraceCache(Archive archive) {
    this.archive = archive;
  }

  synchronized OptionalInt size(String traceId) {
    TraceState state = states.get(traceId);
    return state == null ? OptionalInt.empty() : OptionalInt.of(state.size());
  }

  /// States of all the traces, made new for those that are nowhere yet.
  Map<String, TraceState> states(Connection connection, Collection<String> ids, LocalDate today)
      throws SQLException {
    Map<String, TraceState> found = new HashMap<>();
    Map<UUID, String> missing = new HashMap<>();
    synchronized (this) {
      for (String id : ids) {
        TraceState state = states.get(id);
        if (state == null) {
          missing.put(Ids.trace(id), id);
        } else {
          found.put(id, state);
        }
      }
    }
    if (!missing.isEmpty()) {
      Map<String, TraceState> read = read(connection, missing);
      missing.values().forEach(id -> read.computeIfAbsent(id, _ -> new TraceState(id, today)));
      readLoose(connection, missing.keySet(), read);
      found.putAll(read);
    }
    return found;
  }

  synchronized void keep(Collection<TraceState> touched) {
    touched.forEach(state -> states.put(state.id, state));
    int held = states.values().stream().mapToInt(TraceState::size).sum();
    Iterator<TraceState> eldest = states.values().iterator();
    for (int left = states.size(); held > SPANS_MAX && left > 1; left--) {
      held -= eldest.next().size();
      eldest.remove();
    }
  }

  synchronized void forget(Collection<String> ids) {
    ids.forEach(states::remove);
  }

  synchronized void forgetDay(LocalDate day) {
    states.values().removeIf(state -> state.day.equals(day));
  }

  private record Known(UUID trace, LocalDate day, long first, long last) {}

  private Map<String, TraceState> read(Connection connection, Map<UUID, String> ids)
      throws SQLException {
    Map<String, TraceState> read = new HashMap<>();
    List<Known> known =
        Database.query(
            connection,
            "select trace, any_value(day) as day, min(first_seen) as first, max(last_seen) as last"
                + " from runs where "
                + Ids.anyOf("trace")
                + " group by trace",
            statement -> statement.setString(1, Ids.joined(ids.keySet())),
            row ->
                new Known(
                    row.getObject("trace", UUID.class),
                    row.getObject("day", LocalDate.class),
                    row.getLong("first"),
                    row.getLong("last")));
    if (known.isEmpty()) {
      return read;
    }
    long first = known.stream().mapToLong(Known::first).min().orElseThrow();
    long last = known.stream().mapToLong(Known::last).max().orElseThrow();
    for (Known each : known) {
      TraceState state = new TraceState(Ids.trace(each.trace()), each.day());
      state.hasRuns = true;
      read.put(state.id, state);
    }
    List<UUID> traces = known.stream().map(Known::trace).toList();
    Database.query(
            connection,
            "select "
                + SpanRows.FACTS
                + " from "
                + archive.over("spans", known.stream().map(Known::day).distinct().toList())
                + " where received between ? and ? and "
                + Ids.anyOf("trace"),
            statement -> {
              statement.setLong(1, first);
              statement.setLong(2, last);
              statement.setString(3, Ids.joined(traces));
            },
            SpanRows::facts)
        .stream()
        .sorted(SpanFacts.BY_VERSION)
        .forEach(facts -> state(read, facts.key().traceId()).put(facts));
    readPins(connection, traces, read);
    return read;
  }

  private static TraceState state(Map<String, TraceState> read, String id) {
    TraceState state = read.get(id);
    if (state == null) {
      throw new IllegalStateException("a trace that was not asked for: " + id);
    }
    return state;
  }

  private static void readPins(
      Connection connection, List<UUID> traces, Map<String, TraceState> read) throws SQLException {
    record Pin(String trace, String agent, String environment, String version) {}
    Database.query(
            connection,
            "select trace, agent, environment, version from runs where " + Ids.anyOf("trace"),
            statement -> statement.setString(1, Ids.joined(traces)),
            row ->
                new Pin(
                    trace(row),
                    row.getString("agent"),
                    row.getString("environment"),
                    row.getString("version")))
        .forEach(pin ->
            state(read, pin.trace()).pins.pin(pin.agent(), pin.environment(), pin.version()));
  }

  /// Evaluations and late titles, which may have come before any span of their trace.
  private static void readLoose(
      Connection connection, Collection<UUID> traces, Map<String, TraceState> read)
      throws SQLException {
    String ids = Ids.joined(traces);
    Database.query(
            connection,
            "select * from evaluations where " + Ids.anyOf("trace"),
            statement -> statement.setString(1, ids),
            EvaluationRows::read)
        .forEach(evaluation -> state(read, evaluation.traceId()).evaluations.add(evaluation));
    Database.query(
            connection,
            "select trace, span, title from late where " + Ids.anyOf("trace") + " order by rowid",
            statement -> statement.setString(1, ids),
            row ->
                Map.entry(
                    new SpanKey(trace(row), Ids.span(row.getLong("span"))), row.getString("title")))
        .forEach(entry ->
            state(read, entry.getKey().traceId()).putLateTitle(entry.getKey(), entry.getValue()));
  }

  private static String trace(ResultSet row) throws SQLException {
    return Ids.trace(row.getObject("trace", UUID.class));
  }
}
