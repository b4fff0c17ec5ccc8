// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.domain.Digest;
import dev.steward.store.query.Activities;
import dev.steward.store.query.Archive;
import dev.steward.store.query.ContentReader;
import dev.steward.store.query.CostSums;
import dev.steward.store.query.MetricReader;
import dev.steward.store.query.RunSql;
import dev.steward.store.query.TraceReader;
import dev.steward.store.rows.Codes;
import dev.steward.store.rows.Ids;
import dev.steward.store.rows.RunRows;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.Batch;
import dev.steward.trace.DeadLetter;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.MetricQueries;
import dev.steward.trace.SpanStore;
import dev.steward.trace.assembly.AssembledRun;
import dev.steward.trace.gateway.AnsweredCall;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.ActivitySlice;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCursor;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.Silence;
import dev.steward.trace.run.UsedPart;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The span store in DuckDB.
public final class DuckDbSpanStore implements SpanStore {
  /// Days that a search for text goes back when it names no start.
  private static final int TEXT_DAYS = 2;

  private final Path folder;
  private final Database database;
  private final Archive archive;
  private final TraceCache cache;
  private final BatchWriter batches;
  private final TraceReader traces;
  private final CostSums costs;
  private final Activities activities;
  private final Silence silence;
  private final InstantSource clock;
  private final ReentrantLock writing = new ReentrantLock();

  private DuckDbSpanStore(
      Path folder,
      Database database,
      AgentDirectory directory,
      Silence silence,
      InstantSource clock) {
    this.folder = folder;
    this.database = database;
    this.silence = silence;
    this.clock = clock;
    this.archive = new Archive(folder.resolve("archive"));
    archive.load(database);
    this.cache = new TraceCache(archive);
    this.batches = new BatchWriter(database, cache, directory, silence, clock);
    this.traces = new TraceReader(database, archive);
    this.costs = new CostSums(database);
    this.activities = new Activities(database, silence);
  }

  /// Opens the store in the folder, making it when it is not there.
  ///
  /// @throws dev.steward.domain.ApiException CONFLICT when another server has it open,
  ///   STORAGE_FAILED when the folder cannot be written
  public static DuckDbSpanStore open(
      Path folder,
      DuckDbConfig config,
      AgentDirectory directory,
      Silence silence,
      InstantSource clock) {
    Database database = Database.open(folder, config);
    return new DuckDbSpanStore(folder, database, directory, silence, clock);
  }

  Database database() {
    return database;
  }

  Archive archive() {
    return archive;
  }

  BatchWriter batches() {
    return batches;
  }

  ReentrantLock writing() {
    return writing;
  }

  Path folder() {
    return folder;
  }

  @Override
  public Written write(Batch batch) {
    writing.lock();
    try {
      return batches.write(batch);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public int size(String traceId) {
    OptionalInt held = cache.size(traceId);
    return held.isPresent() ? held.getAsInt() : traces.size(traceId);
  }

  @Override
  public List<String> openTraces(Instant since) {
    return database.read(
        "select trace, max(last_seen) as last from runs where "
            + Codes.open()
            + " and last_seen >= ? group by trace order by last desc",
        statement -> statement.setLong(1, Ids.nanos(since)),
        row -> Ids.trace(row.getObject("trace", java.util.UUID.class)));
  }

  @Override
  public Map<String, SpanKey> answered(Set<String> responseIds) {
    return traces.answered(responseIds);
  }

  /// Calls that were answered and received since then, the newest first.
  public List<AnsweredCall> answeredCalls(Instant since, int limit) {
    return traces.answeredCalls(since, limit);
  }

  @Override
  public Counts counts() {
    return database
        .read(
            "select * from loader",
            _ -> {},
            row ->
                new Counts(
                    row.getLong("loaded"),
                    row.getLong("duplicates"),
                    row.getLong("dead"),
                    new JournalPosition(
                        row.getLong("segment"), row.getLong("place"), row.getLong("spans"))))
        .getFirst();
  }

  @Override
  public List<DeadLetter> deadLetters(int limit) {
    return database.read(
        "select * from letters order by segment, place, id limit " + limit,
        _ -> {},
        TraceReader::letter);
  }

  @Override
  public Optional<DeadLetter> deadLetter(String id) {
    return database
        .read(
            "select * from letters where id = ?",
            statement -> statement.setString(1, id),
            TraceReader::letter)
        .stream()
        .findFirst();
  }

  @Override
  public Written reload(Set<String> letters, Batch batch) {
    writing.lock();
    try {
      return batches.reload(letters, batch);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public List<DeadLetter> takeDeadLetters(Set<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    writing.lock();
    try (PreparedStatement delete =
        database
            .writer()
            .prepareStatement("delete from letters where id in (" + Ids.quoted(ids) + ")")) {
      List<DeadLetter> taken =
          database.read(
              "select * from letters where id in ("
                  + Ids.quoted(ids)
                  + ") order by segment, place, id",
              _ -> {},
              TraceReader::letter);
      delete.execute();
      return taken;
    } catch (SQLException e) {
      throw Database.failed("take dead letters out of the span store", e);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Page<Run> runs(RunQuery query) {
    Instant now = clock.instant();
    RunSql sql = new RunSql(query, silence, now);
    archive.reading().lock();
    try {
      if (query.text() != null) {
        sql.saying(query.text(), archive, textDays(query));
      }
      List<AssembledRun> found = database.read(sql.sql(), sql::bind, RunRows::read);
      List<Run> items =
          found.stream().limit(query.limit()).map(run -> run.at(now, silence)).toList();
      boolean more = found.size() > items.size();
      return new Page<>(items, more ? RunCursor.behind(query, items.getLast()) : null);
    } finally {
      archive.reading().unlock();
    }
  }

  private List<LocalDate> textDays(RunQuery query) {
    long from = query.from() == null ? Long.MIN_VALUE : Ids.nanos(query.from());
    long to = query.to() == null ? Long.MAX_VALUE : Ids.nanos(query.to());
    return database.read(
        "select distinct day from runs where started >= ? and started < ? order by day desc limit "
            + (query.from() == null ? TEXT_DAYS : Integer.MAX_VALUE),
        statement -> {
          statement.setLong(1, from);
          statement.setLong(2, to);
        },
        row -> row.getObject("day", LocalDate.class));
  }

  @Override
  public Optional<Run> run(String id) {
    Instant now = clock.instant();
    return traces.run(id).map(run -> run.at(now, silence));
  }

  @Override
  public List<Span> spans(String traceId) {
    return traces.spans(traceId);
  }

  @Override
  public List<Span> outline(String traceId) {
    return traces.outline(traceId);
  }

  @Override
  public List<Span> spans(String traceId, Set<String> spanIds) {
    return traces.spans(traceId, spanIds);
  }

  @Override
  public List<Evaluation> evaluations(String traceId) {
    return traces.evaluations(traceId);
  }

  @Override
  public Optional<byte[]> content(Digest hash) {
    archive.reading().lock();
    try {
      return new ContentReader(database, archive).one(hash);
    } finally {
      archive.reading().unlock();
    }
  }

  @Override
  public List<CostQuery.Row> cost(CostQuery query) {
    return costs.lines(query);
  }

  @Override
  public List<CostQuery.TaskRow> tasks(CostQuery query) {
    return costs.tasks(query);
  }

  @Override
  public List<AgentActivity> activity(ActivityQuery query) {
    return activities.activity(query, clock.instant());
  }

  @Override
  public List<ActivitySlice> slices(ActivityQuery query, int count) {
    return activities.slices(query, count);
  }

  @Override
  public List<UsedPart> used(ActivityQuery query) {
    return activities.used(query);
  }

  /// What was sent of metrics.
  public MetricQueries metrics() {
    return new MetricReader(database, archive);
  }

  /// Writes everything that is in the write-ahead log into the file itself.
  public void checkpoint() {
    writing.lock();
    try (Statement statement = database.writer().createStatement()) {
      statement.execute("checkpoint");
    } catch (SQLException e) {
      throw Database.failed("checkpoint the span store", e);
    } finally {
      writing.unlock();
    }
  }

  /// Writes a consistent copy of the store into an empty folder while it goes on working.
  ///
  /// @return the journal position that the copy has reached
  public JournalPosition backup(Path target) {
    return new Backup(this).into(target);
  }

  @Override
  public void close() {
    writing.lock();
    try {
      database.close();
    } finally {
      writing.unlock();
    }
  }
}
