// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import dev.steward.domain.ApiException;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.PriceBook;
import dev.steward.trace.content.ContentReader;
import dev.steward.trace.dialect.DialectTable;
import dev.steward.trace.reading.Facts.Unreadable;
import java.util.List;

/// Turns journal records into facts. Safe for use by many threads.
public final class RecordReader {
  private final TraceRecords traces;
  private final LogRecords logs;
  private final MetricRecords metrics = new MetricRecords();

  public RecordReader(PriceBook prices) {
    this(DialectTable.bundled(), prices, ContentReader.INLINE_BYTES_MAX);
  }

  /// @param inlineBytesMax binary bodies in messages up to this size stay there
  public RecordReader(DialectTable table, PriceBook prices, int inlineBytesMax) {
    Evaluations evaluations = new Evaluations(table);
    traces = new TraceRecords(new SpanForm(table, prices, inlineBytesMax), evaluations);
    logs = new LogRecords(table, new ContentReader(table, inlineBytesMax), evaluations);
  }

  /// Never throws for what the record holds: what cannot be read is in `unreadable`.
  public Facts read(JournalRecord record) {
    try {
      return switch (record.signal()) {
        case TRACES -> traces.read(record);
        case LOGS -> logs.read(record);
        case METRICS -> metrics.read(record);
      };
    } catch (ApiException e) {
      Unreadable all =
          new Unreadable(record.spans(), String.valueOf(e.getMessage()), record.payload());
      return new Facts(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(all));
    }
  }
}
