// SPDX-License-Identifier: Apache-2.0
package dev.steward.store;

import com.google.protobuf.ByteString;
import dev.steward.domain.Cost;
import dev.steward.store.duckdb.DuckDbConfig;
import dev.steward.store.duckdb.DuckDbSpanStore;
import dev.steward.store.journal.FileJournal;
import dev.steward.store.journal.JournalConfig;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.Sender;
import dev.steward.trace.SpanStore;
import dev.steward.trace.ingest.Ingest;
import dev.steward.trace.ingest.IngestConfig;
import dev.steward.trace.load.Loader;
import dev.steward.trace.load.LoaderConfig;
import dev.steward.trace.load.Tail;
import dev.steward.trace.reading.RecordReader;
import dev.steward.trace.run.Silence;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/// The real parts of ingest on one folder: journal, reader of OTLP, loader, DuckDB.
final class DurableParts implements AutoCloseable {
  static final int SPANS = 10;
  private static final JournalConfig SEGMENTS =
      new JournalConfig(1 << 20, 1L << 30, 1 << 20, 1 << 20, 256, Duration.ofSeconds(30), 1);
  private static final LoaderConfig OFTEN =
      new LoaderConfig(
          Duration.ofMillis(100),
          500,
          5_000,
          8 << 20,
          Duration.ofMillis(50),
          Duration.ofSeconds(1));

  final FileJournal journal;
  final SpanStore store;
  final Loader loader;
  final Ingest ingest;

  DurableParts(Path folder) {
    InstantSource clock = InstantSource.system();
    journal = FileJournal.open(folder.resolve("journal"), SEGMENTS);
    store =
        DuckDbSpanStore.open(
            folder.resolve("spans"),
            DuckDbConfig.DEFAULT,
            agent -> Optional.empty(),
            Silence.DEFAULT,
            clock);
    RecordReader reader =
        new RecordReader((_, _, _, _, _) -> new Cost.Unknown("no prices in this test"));
    loader =
        new Loader(
            journal,
            reader::read,
            Tail.NONE,
            store,
            OFTEN,
            clock,
            () -> UUID.randomUUID().toString());
    ingest = new Ingest(journal, IngestConfig.DEFAULT, clock);
    loader.start();
    ingest.attach(loader);
  }

  /// A trace of ten spans as a record; every number gives another.
  static JournalRecord record(long number) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    Instant now = Instant.now();
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    for (int i = 0; i < SPANS; i++) {
      scope.addSpans(
          Span.newBuilder()
              .setTraceId(ByteString.copyFrom(traceBytes(number)))
              .setSpanId(
                  ByteString.copyFrom(
                      ByteBuffer.allocate(8).putLong(number * SPANS + i + 1).array()))
              .setName("step " + i)
              .setStartTimeUnixNano(nanos)
              .setEndTimeUnixNano(nanos + i));
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request.addResourceSpansBuilder().addScopeSpans(scope);
    return new JournalRecord(
        JournalRecord.Signal.TRACES, SPANS, now, Sender.UNKNOWN, request.build().toByteArray());
  }

  static String traceId(long number) {
    return HexFormat.of().formatHex(traceBytes(number));
  }

  private static byte[] traceBytes(long number) {
    return ByteBuffer.allocate(16).putLong(0x5354_4557L).putLong(number).array();
  }

  @Override
  public void close() {
    loader.close();
    store.close();
    journal.close();
  }
}
