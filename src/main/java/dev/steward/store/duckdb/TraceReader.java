// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.trace.DeadLetter;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.assembly.AssembledRun;
import dev.steward.trace.assembly.LateMerge;
import dev.steward.trace.assembly.SpanFacts;
import dev.steward.trace.run.SpanTree;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what belongs to one trace. The row of its runs says on which day and between which
/// receipts its spans lie, so that no more than that is read.
final class TraceReader {
  private static final Comparator<SpanRows.Stored> BY_VERSION =
      Comparator.comparing(stored -> SpanFacts.of(stored.span()), SpanFacts.BY_VERSION);

  private final Database database;
  private final Archive archive;

  TraceReader(Database database, Archive archive) {
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

  int size(String traceId) {
    Extent extent = Ids.isTrace(traceId) ? extent(traceId) : null;
    return extent == null ? 0 : extent.spans();
  }

  Optional<AssembledRun> run(String id) {
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

  List<Span> spans(String traceId) {
    if (!Ids.isTrace(traceId)) {
      return List.of();
    }
    archive.reading().lock();
    try {
      Extent extent = extent(traceId);
      return extent == null ? List.of() : spans(traceId, extent);
    } finally {
      archive.reading().unlock();
    }
  }

  private List<Span> spans(String traceId, Extent extent) {
    Map<String, SpanRows.Stored> newest = new LinkedHashMap<>();
    database
        .read(
            "select * from "
                + archive.over("spans", Set.of(extent.day()))
                + " where received between ? and ? and trace = ?",
            statement -> {
              statement.setLong(1, extent.first());
              statement.setLong(2, extent.last());
              statement.setObject(3, Ids.trace(traceId));
            },
            SpanRows::read)
        .forEach(stored ->
            newest.merge(
                stored.span().key().spanId(),
                stored,
                (one, other) -> BY_VERSION.compare(one, other) >= 0 ? one : other));
    List<Late> late = late(traceId);
    Set<LocalDate> days = new HashSet<>();
    List<ContentRefs> references = new ArrayList<>();
    newest.values().forEach(stored -> references.add(stored.refs()));
    late.forEach(each -> references.add(each.refs()));
    days.add(extent.day());
    late.forEach(each -> days.add(each.day()));
    ContentReader contents = new ContentReader(database, archive);
    contents.fetch(
        days,
        references,
        newest.values().stream()
            .flatMap(stored -> LongText.named(stored.span()).stream())
            .toList());
    Map<String, Content> lateContents = new HashMap<>();
    late.forEach(
        each -> lateContents.merge(each.spanId(), contents.content(each.refs()), LateMerge::merge));
    List<Span> spans = new ArrayList<>(newest.size());
    for (SpanRows.Stored stored : newest.values()) {
      Content own = contents.content(stored.refs());
      Content more = lateContents.get(stored.span().key().spanId());
      spans.add(
          LateMerge.with(
              stored.span(),
              more == null ? own : LateMerge.merge(own, more),
              LongText.restored(stored.span(), contents)));
    }
    spans.sort(SpanTree.BY_START);
    return spans;
  }

  private record Late(LocalDate day, String spanId, ContentRefs refs) {}

  private List<Late> late(String traceId) {
    return database.read(
        "select day, span, " + ContentRefs.COLUMNS + " from late where trace = ? order by rowid",
        statement -> statement.setObject(1, Ids.trace(traceId)),
        row -> {
          Cells cells = new Cells(row);
          return new Late(cells.day(), Ids.span(cells.big()), ContentRefs.read(cells));
        });
  }

  List<Evaluation> evaluations(String traceId) {
    if (!Ids.isTrace(traceId)) {
      return List.of();
    }
    return database.read(
        "select * from evaluations where trace = ? order by rowid",
        statement -> statement.setObject(1, Ids.trace(traceId)),
        TraceCache::evaluation);
  }

  static DeadLetter letter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getString("id"),
        new JournalPosition(row.getLong("segment"), row.getLong("place"), row.getLong("before")),
        row.getInt("spans"),
        row.getString("reason"),
        row.getBytes("payload"),
        Ids.at(row.getLong("since")));
  }
}
