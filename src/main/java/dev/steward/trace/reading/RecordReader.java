// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import dev.steward.domain.ApiException;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.content.ContentReader;
import dev.steward.trace.dialect.DialectTable;
import dev.steward.trace.form.SpanForm;
import dev.steward.trace.gateway.AnsweredCall;
import dev.steward.trace.rate.PriceBook;
import dev.steward.trace.reading.Facts.Unreadable;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Turns journal records into facts. Safe for use by many threads.
public final class RecordReader {
  private final TraceRecords traces;
  private final LogRecords logs;
  private final MetricRecords metrics = new MetricRecords();
  private final Responses responses;
  private final GatewayCalls calls;
  private final GatewayTools tools;

  /// A reader that knows nothing of the past.
  public RecordReader(PriceBook prices) {
    this(prices, ResponseLookup.NONE, _ -> Optional.empty(), InstantSource.system());
  }

  /// @param past asked for the spans of responses that judgements name
  /// @param told finds a span that was read before
  public RecordReader(
      PriceBook prices,
      ResponseLookup past,
      Function<SpanKey, Optional<Span>> told,
      InstantSource clock) {
    this(DialectTable.bundled(), prices, ContentReader.INLINE_BYTES_MAX, past, told, clock);
  }

  /// @param inlineBytesMax binary bodies in messages up to this size stay there
  public RecordReader(
      DialectTable table,
      PriceBook prices,
      int inlineBytesMax,
      ResponseLookup past,
      Function<SpanKey, Optional<Span>> told,
      InstantSource clock) {
    RecentSpans recent = new RecentSpans(told);
    calls = new GatewayCalls(recent);
    tools = new GatewayTools(recent);
    responses = new Responses(past, clock);
    Evaluations evaluations = new Evaluations(table);
    traces = new TraceRecords(new SpanForm(table, prices, inlineBytesMax), evaluations);
    logs = new LogRecords(table, new ContentReader(table, inlineBytesMax), evaluations);
  }

  /// Learns of answered calls that were read before this process began.
  public void remember(List<AnsweredCall> answered) {
    calls.remember(answered);
  }

  /// Never throws for what the record holds: what cannot be read is in `unreadable`.
  public Facts read(JournalRecord record) {
    try {
      return switch (record.signal()) {
        case TRACES -> tools.join(calls.join(responses.place(traces.read(record))));
        case LOGS -> responses.place(logs.read(record));
        case METRICS -> metrics.read(record);
      };
    } catch (ApiException e) {
      Unreadable all =
          new Unreadable(record.spans(), String.valueOf(e.getMessage()), record.payload());
      return new Facts(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(all));
    }
  }
}
