// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.query;

import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.store.rows.Cells;
import dev.steward.store.rows.Codes;
import dev.steward.store.rows.ContentRefs;
import dev.steward.store.rows.EvaluationRows;
import dev.steward.store.rows.Ids;
import dev.steward.store.rows.LongText;
import dev.steward.store.rows.OutlineRows;
import dev.steward.store.rows.RunRows;
import dev.steward.store.rows.SpanRows;
import dev.steward.store.rows.Tables;
import dev.steward.trace.DeadLetter;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.assembly.AssembledRun;
import dev.steward.trace.gateway.AnsweredCall;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.LateMerge;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.span.Teller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads what belongs to one trace. The row of its runs says on which day and between which
/// receipts its spans lie, so that no more than that is read.
public final class TraceReader {
  /// Days that a response is looked for on: no index knows it, so each is read through.
  private static final int ANSWERED_DAYS = 3;

  private final Tables database;
  private final Archive archive;

  public TraceReader(Tables database, Archive archive) {
    this.database = database;
    this.archive = archive;
  }

  private record Extent(LocalDate day, long first, long last, int spans) {}

  private @Nullable Extent extent(String traceId) {
    List<Extent> found =
        database.read(
            "select any_value(day) as day, min(first_seen) as first, max(last_seen) as last,"
                + " sum(spans)::integer as spans from runs where trace = ? group by trace",
            statement -> statement.setObject(1, Ids.trace(traceId)),
            row ->
                new Extent(
                    row.getObject("day", LocalDate.class),
                    row.getLong("first"),
                    row.getLong("last"),
                    row.getInt("spans")));
    return found.isEmpty() ? null : found.getFirst();
  }

  public int size(String traceId) {
    Extent extent = Ids.isTrace(traceId) ? extent(traceId) : null;
    return extent == null ? 0 : extent.spans();
  }

  public Optional<AssembledRun> run(String id) {
    String traceId = id.length() > 32 ? id.substring(0, 32) : id;
    if (!Ids.isTrace(traceId)) {
      return Optional.empty();
    }
    String suffix = id.substring(32);
    List<AssembledRun> runs =
        database.read(
            "select * from runs where trace = ? order by started, suffix",
            statement -> statement.setObject(1, Ids.trace(traceId)),
            RunRows::read);
    Optional<AssembledRun> exact =
        runs.stream().filter(run -> run.run().id().equals(id)).findFirst();
    return exact.isEmpty() && suffix.isEmpty() ? runs.stream().findFirst() : exact;
  }

  /// All spans in order of start, with everything.
  public List<Span> spans(String traceId) {
    return within(traceId, extent -> whole(rows(traceId, extent, ""), traceId, extent, ""));
  }

  /// All spans in order of start, in outline.
  public List<Span> outline(String traceId) {
    return within(
        traceId,
        extent -> {
          List<Span> outlines =
              OutlineRows.read(
                  traceId,
                  new OutlineRows.Select() {
                    @Override
                    public <T> List<T> rows(String columns, Tables.Mapper<T> mapper) {
                      return select(columns, traceId, extent, "", mapper);
                    }
                  });
          return outlines == null
              ? spans(traceId).stream().map(Span::outline).toList()
              : newest(outlines, span -> span);
        });
  }

  /// Some spans in order of start, with everything.
  public List<Span> spans(String traceId, Set<String> spanIds) {
    String wanted =
        spanIds.stream()
            .filter(Ids::isSpan)
            .map(id -> String.valueOf(Ids.span(id)))
            .collect(Collectors.joining(", "));
    if (wanted.isEmpty()) {
      return List.of();
    }
    // a list of literals would be planned one by one
    String only = " and list_contains('[" + wanted + "]'::bigint[], span)";
    return within(traceId, extent -> whole(rows(traceId, extent, only), traceId, extent, only));
  }

  private List<Span> within(String traceId, Function<Extent, List<Span>> reading) {
    if (!Ids.isTrace(traceId)) {
      return List.of();
    }
    archive.reading().lock();
    try {
      Extent extent = extent(traceId);
      return extent == null ? List.of() : reading.apply(extent);
    } finally {
      archive.reading().unlock();
    }
  }

  private List<SpanRows.Stored> rows(String traceId, Extent extent, String only) {
    return newest(select("*", traceId, extent, only, SpanRows::read), SpanRows.Stored::span);
  }

  private <T> List<T> select(
      String columns, String traceId, Extent extent, String only, Tables.Mapper<T> mapper) {
    return database.read(
        "select "
            + columns
            + " from "
            + archive.over("spans", Set.of(extent.day()))
            + " where received between ? and ? and trace = ?"
            + only,
        statement -> {
          statement.setLong(1, extent.first());
          statement.setLong(2, extent.last());
          statement.setObject(3, Ids.trace(traceId));
        },
        mapper);
  }

  /// Of each span the newest version, in order of start.
  private static <T> List<T> newest(List<T> rows, Function<T, Span> span) {
    Map<String, T> newest = new HashMap<>(rows.size() * 2);
    for (T row : rows) {
      newest.merge(
          span.apply(row).key().spanId(),
          row,
          (one, other) ->
              Span.BY_VERSION.compare(span.apply(one), span.apply(other)) >= 0 ? one : other);
    }
    List<T> sorted = new ArrayList<>(newest.values());
    sorted.sort((one, other) -> SpanTree.BY_START.compare(span.apply(one), span.apply(other)));
    return sorted;
  }

  /// The spans of these rows with their content.
  private List<Span> whole(List<SpanRows.Stored> rows, String traceId, Extent extent, String only) {
    List<Late> late = late(traceId, only);
    Set<LocalDate> days = new HashSet<>();
    List<ContentRefs> references = new ArrayList<>();
    List<Digest> texts = new ArrayList<>();
    days.add(extent.day());
    for (SpanRows.Stored stored : rows) {
      references.add(stored.refs());
      texts.addAll(LongText.named(stored.span()));
    }
    for (Late each : late) {
      references.add(each.refs());
      days.add(each.day());
    }
    ContentReader contents = new ContentReader(database, archive);
    contents.fetch(days, references, texts, () -> lists(traceId, extent));
    Map<String, Content> lateContents = new HashMap<>();
    late.forEach(
        each -> lateContents.merge(each.spanId(), contents.content(each.refs()), LateMerge::merge));
    List<Span> spans = new ArrayList<>(rows.size());
    for (SpanRows.Stored stored : rows) {
      Content own = contents.content(stored.refs());
      Content more = lateContents.get(stored.span().key().spanId());
      spans.add(
          LongText.restored(
              stored.span(), more == null ? own : LateMerge.merge(own, more), contents::text));
    }
    return spans;
  }

  /// Lists of messages that any span of the trace has.
  private List<UUID> lists(String traceId, Extent extent) {
    return select(
        "distinct unnest([input, output]) as list",
        traceId,
        extent,
        "",
        row -> row.getObject(1, UUID.class));
  }

  private record Late(LocalDate day, String spanId, ContentRefs refs) {}

  private List<Late> late(String traceId, String only) {
    return database.read(
        "select day, span, "
            + ContentRefs.COLUMNS
            + " from late where trace = ?"
            + only
            + " order by rowid",
        statement -> statement.setObject(1, Ids.trace(traceId)),
        row -> {
          Cells cells = new Cells(row);
          return new Late(cells.day(), Ids.span(cells.big()), ContentRefs.read(cells));
        });
  }

  /// The spans that gave these responses, a model call before any other.
  public Map<String, SpanKey> answered(Set<String> responseIds) {
    Map<String, SpanKey> found = new HashMap<>();
    if (responseIds.isEmpty()) {
      return found;
    }
    archive.reading().lock();
    try {
      database
          .read(
              "select response_id, trace, span from "
                  + archive.over("spans", newestDays())
                  + " where response_id in ("
                  + Ids.quoted(responseIds)
                  + ") order by kind <> "
                  + Codes.of(Codes.KINDS, SpanKind.MODEL)
                  + ", received",
              _ -> {},
              row ->
                  Map.entry(
                      row.getString(1),
                      new SpanKey(
                          Ids.trace(row.getObject(2, UUID.class)), Ids.span(row.getLong(3)))))
          .forEach(entry -> found.putIfAbsent(entry.getKey(), entry.getValue()));
    } finally {
      archive.reading().unlock();
    }
    return found;
  }

  /// Calls that were answered and received since then, the newest first.
  public List<AnsweredCall> answeredCalls(Instant since, int limit) {
    archive.reading().lock();
    try {
      return database.read(
          "select sender, response_id, trace, span, starts_with(scope, '"
              + Teller.SCOPE
              + "') from "
              + archive.over("spans", newestDays())
              + " where sender is not null and response_id is not null and scope <> '"
              + Teller.MOVED_SCOPE
              + "' and received >= ? order by received desc limit "
              + limit,
          statement -> statement.setLong(1, Ids.nanos(since)),
          row ->
              new AnsweredCall(
                  row.getString(1),
                  row.getString(2),
                  new SpanKey(Ids.trace(row.getObject(3, UUID.class)), Ids.span(row.getLong(4))),
                  row.getBoolean(5)));
    } finally {
      archive.reading().unlock();
    }
  }

  private List<LocalDate> newestDays() {
    return database.read(
        "select distinct day from runs order by day desc limit " + ANSWERED_DAYS,
        _ -> {},
        row -> row.getObject(1, LocalDate.class));
  }

  public List<Evaluation> evaluations(String traceId) {
    if (!Ids.isTrace(traceId)) {
      return List.of();
    }
    return database.read(
        "select * from evaluations where trace = ? order by rowid",
        statement -> statement.setObject(1, Ids.trace(traceId)),
        EvaluationRows::read);
  }

  public static DeadLetter letter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getString("id"),
        new JournalPosition(row.getLong("segment"), row.getLong("place"), row.getLong("before")),
        row.getInt("spans"),
        row.getString("reason"),
        row.getBytes("payload"),
        Ids.at(row.getLong("since")));
  }
}
