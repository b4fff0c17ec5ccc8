// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.store.rows.ContentIntake;
import dev.steward.store.rows.EvaluationRows;
import dev.steward.store.rows.Ids;
import dev.steward.store.rows.LetterRows;
import dev.steward.store.rows.Row;
import dev.steward.store.rows.RunRows;
import dev.steward.store.rows.SpanRows;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.Batch;
import dev.steward.trace.DeadLetter;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.LateContent;
import dev.steward.trace.Refusals;
import dev.steward.trace.SpanStore.Written;
import dev.steward.trace.assembly.AssembledRun;
import dev.steward.trace.assembly.RunAssembler;
import dev.steward.trace.fact.SpanFacts;
import dev.steward.trace.fact.Titles;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.LogLine;
import dev.steward.trace.span.MetricPoint;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Writes batches, each with its journal position in one transaction. One thread at a time.
final class BatchWriter {
  private final Database database;
  private final TraceCache cache;
  private final RunAssembler assembler;
  private final InstantSource clock;
  private final ContentIntake intake = new ContentIntake();

  BatchWriter(
      Database database,
      TraceCache cache,
      AgentDirectory directory,
      Silence silence,
      InstantSource clock) {
    this.database = database;
    this.cache = cache;
    this.assembler = new RunAssembler(directory, silence);
    this.clock = clock;
  }

  Written write(Batch batch) {
    return write(batch, Set.of());
  }

  /// Writes what was read again from these letters, and takes them out; the position stays.
  Written reload(Set<String> letters, Batch batch) {
    return write(batch, letters);
  }

  private Written write(Batch batch, Set<String> reloaded) {
    Set<String> touched = touched(batch);
    DuckDBConnection connection = database.writer();
    try (Statement statement = connection.createStatement()) {
      statement.execute("begin transaction");
      try {
        Map<String, TraceState> states = cache.states(connection, touched, today());
        Taken taken = appendSpans(connection, batch, states);
        appendLate(connection, batch.contents(), states);
        appendEvaluations(connection, batch.evaluations(), states);
        appendLogs(connection, batch.logs());
        intake.flush(connection);
        appendPoints(connection, batch.metrics());
        int dead =
            LetterRows.append(connection, batch.deadLetters())
                + LetterRows.append(connection, taken.letters());
        replaceRuns(connection, states);
        int duplicates = batch.spans().size() - taken.loaded() - taken.refused().size();
        Written written = new Written(taken.loaded(), duplicates, taken.refused());
        if (reloaded.isEmpty()) {
          moveTo(connection, batch.upTo());
        } else {
          dead -= LetterRows.take(connection, reloaded);
        }
        count(connection, written, dead);
        commit(statement, reloaded.isEmpty() ? batch.upTo() : null);
        intake.committed();
        states.values().forEach(state -> state.hasRuns |= state.size() > 0);
        cache.keep(states.values());
        return written;
      } catch (SQLException | RuntimeException e) {
        forget(touched);
        rollback(statement, e);
        if (e instanceof SQLException failure && Database.isFatal(failure)) {
          database.reopen();
        }
        throw e;
      }
    } catch (SQLException e) {
      throw Database.failed("write the span store", e);
    }
  }

  /// A commit that is durable may still end in an error: when the checkpoint behind it fails, the
  /// database must be opened again and then shows whether the batch is in it. That of a reload
  /// moves no position to look at, so it counts as failed: trying it again says whether its letters
  /// are still there.
  private void commit(Statement statement, @Nullable JournalPosition reached) throws SQLException {
    try {
      statement.execute("commit");
    } catch (SQLException e) {
      if (!Database.isFatal(e)) {
        throw e;
      }
      database.reopen();
      if (reached == null || !database.reached(reached)) {
        throw e;
      }
    }
  }

  private static void rollback(Statement statement, Exception cause) {
    try {
      statement.execute("rollback");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private void forget(Set<String> touched) {
    cache.forget(touched);
    intake.forget();
  }

  /// Forgets what was stored on a day that is gone.
  void forgetDay(LocalDate day) {
    cache.forgetDay(day);
    intake.forget();
  }

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static Set<String> touched(Batch batch) {
    Set<String> ids = new HashSet<>();
    batch.spans().forEach(span -> ids.add(span.key().traceId()));
    batch.moved().forEach(span -> ids.add(span.key().traceId()));
    batch.contents().forEach(content -> ids.add(content.span().traceId()));
    batch.evaluations().forEach(evaluation -> ids.add(evaluation.traceId()));
    return ids;
  }

  private static TraceState state(Map<String, TraceState> states, String traceId) {
    TraceState state = states.get(traceId);
    if (state == null) {
      throw new IllegalStateException("a trace that was not looked up: " + traceId);
    }
    return state;
  }

  /// What became of spans.
  private record Taken(int loaded, List<SpanKey> refused, List<DeadLetter> letters) {}

  private Taken appendSpans(
      DuckDBConnection connection, Batch batch, Map<String, TraceState> states)
      throws SQLException {
    int loaded = 0;
    List<SpanKey> refused = new ArrayList<>();
    List<DeadLetter> letters = new ArrayList<>();
    Refusals refusals = batch.refusals();
    try (Row row = new Row(connection, "spans")) {
      for (Span span : batch.spans()) {
        TraceState state = state(states, span.key().traceId());
        SpanFacts facts = SpanFacts.of(span);
        switch (state.put(facts)) {
          case NEW -> {
            SpanRows.append(row, state.day, span, facts, intake);
            loaded++;
          }
          case NEWER -> SpanRows.append(row, state.day, span, facts, intake);
          case FOREIGN -> {
            if (refusals != null) {
              refused.add(span.key());
              letters.add(refusals.letter(span, state.refusal(facts)));
            }
          }
          case DUPLICATE -> {}
        }
      }
      for (Span span : batch.moved()) {
        TraceState state = state(states, span.key().traceId());
        SpanFacts facts = SpanFacts.of(span);
        switch (state.put(facts)) {
          case NEW, NEWER -> SpanRows.append(row, state.day, span, facts, intake);
          case FOREIGN, DUPLICATE -> {}
        }
      }
    }
    return new Taken(loaded, refused, letters);
  }

  private void appendLate(
      DuckDBConnection connection, List<LateContent> contents, Map<String, TraceState> states)
      throws SQLException {
    if (contents.isEmpty()) {
      return;
    }
    try (Row row = new Row(connection, "late")) {
      for (LateContent late : contents) {
        TraceState state = state(states, late.span().traceId());
        String title = Titles.of(late.content());
        state.putLateTitle(late.span(), title);
        row.begin()
            .day(state.day)
            .trace(late.span().traceId())
            .span(late.span().spanId())
            .text(title);
        intake.take(state.day, late.content()).append(row);
        row.end();
      }
    }
  }

  private static void appendEvaluations(
      DuckDBConnection connection, List<Evaluation> evaluations, Map<String, TraceState> states)
      throws SQLException {
    if (evaluations.isEmpty()) {
      return;
    }
    try (Row row = new Row(connection, "evaluations")) {
      for (Evaluation told : evaluations) {
        TraceState state = state(states, told.traceId());
        if (state.evaluations.add(told)) {
          EvaluationRows.append(row, state.day, told);
        }
      }
    }
  }

  private void appendLogs(DuckDBConnection connection, List<LogLine> logs) throws SQLException {
    if (logs.isEmpty()) {
      return;
    }
    LocalDate day = today();
    try (Row row = new Row(connection, "logs")) {
      for (LogLine line : logs) {
        row.begin()
            .day(day)
            .trace(line.traceId())
            .span(line.spanId())
            .at(line.at())
            .text(line.event())
            .whole(line.severity())
            .text(intake.text(day, line.bodyJson()))
            .text(intake.text(day, line.attributesJson()))
            .text(line.service())
            .end();
      }
    }
  }

  private void appendPoints(DuckDBConnection connection, List<MetricPoint> points)
      throws SQLException {
    if (points.isEmpty()) {
      return;
    }
    LocalDate day = today();
    try (Row row = new Row(connection, "points");
        Row series = new Row(connection, "series")) {
      for (MetricPoint point : points) {
        UUID id = Ids.half(dev.steward.domain.Digest.of(point.series()));
        if (intake.isNew(day, id)) {
          series.begin().day(day).id(id).text(point.name()).text(point.series()).end();
        }
        row.begin().day(day).id(id).at(point.at()).text(point.valueJson()).end();
      }
    }
  }

  /// A fact about a trace may change any of its runs, so they are put together anew.
  private void replaceRuns(DuckDBConnection connection, Map<String, TraceState> states)
      throws SQLException {
    List<UUID> old =
        states.values().stream()
            .filter(state -> state.hasRuns)
            .map(state -> Ids.trace(state.id))
            .toList();
    if (!old.isEmpty()) {
      for (String table : List.of("runs", "cost_lines")) {
        try (PreparedStatement delete =
            connection.prepareStatement("delete from " + table + " where " + Ids.anyOf("trace"))) {
          delete.setString(1, Ids.joined(old));
          delete.execute();
        }
      }
    }
    try (Row runs = new Row(connection, "runs");
        Row lines = new Row(connection, "cost_lines")) {
      for (TraceState state : states.values()) {
        for (AssembledRun run : assembler.assemble(state.spans(), state.evaluations, state.pins)) {
          RunRows.append(runs, state.day, run);
          RunRows.appendLines(lines, state.day, run);
        }
      }
    }
  }

  private static void moveTo(DuckDBConnection connection, JournalPosition upTo)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update loader set segment = ?, place = ?, spans = ?")) {
      update.setLong(1, upTo.segment());
      update.setLong(2, upTo.offset());
      update.setLong(3, upTo.spans());
      update.execute();
    }
  }

  private static void count(DuckDBConnection connection, Written written, int dead)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update loader set loaded = loaded + ?, duplicates = duplicates + ?, dead = dead +"
                + " ?")) {
      update.setLong(1, written.loaded());
      update.setLong(2, written.duplicates());
      update.setLong(3, dead);
      update.execute();
    }
  }
}
