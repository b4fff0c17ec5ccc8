// SPDX-License-Identifier: Apache-2.0
package dev.steward.store;

import dev.steward.store.journal.FileJournal;
import dev.steward.store.journal.JournalConfig;
import dev.steward.trace.Batch;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.SpanStore;
import dev.steward.trace.ingest.Ingest;
import dev.steward.trace.ingest.IngestConfig;
import dev.steward.trace.load.Loader;
import dev.steward.trace.load.LoaderConfig;
import dev.steward.trace.load.Reading;
import dev.steward.trace.load.Tail;
import dev.steward.trace.span.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// A whole ingest on a folder: a real journal, a loader, and a store that outlives it.
final class Station implements AutoCloseable {
  private static final IngestConfig MEBIBYTE = new IngestConfig(1 << 20, Duration.ofSeconds(1));
  static final LoaderConfig QUICK =
      new LoaderConfig(
          Duration.ofMillis(5), 50, 100, 1 << 20, Duration.ofMillis(1), Duration.ofMillis(20));
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JournalConfig SEGMENTS =
      new JournalConfig(4_000, 10 << 20, 1 << 20, 1 << 20, 64, PATIENCE, 1);

  final FileJournal journal;
  final Loader loader;
  final Ingest ingest;
  final List<Span> seen = new CopyOnWriteArrayList<>();

  /// Run before each batch is written.
  volatile Runnable before = () -> {};

  private Station(Path folder, SpanStore store, Reading reading, LoaderConfig config) {
    journal = FileJournal.open(folder, SEGMENTS);
    Tail tail =
        new Tail() {
          @Override
          public void see(Batch batch) {
            seen.addAll(batch.spans());
          }

          @Override
          public void loading(Batch batch) {
            before.run();
          }

          @Override
          public void loaded(Batch batch) {}
        };
    loader =
        new Loader(
            journal,
            reading,
            tail,
            store,
            config,
            InstantSource.system(),
            () -> UUID.randomUUID().toString());
    ingest = new Ingest(journal, MEBIBYTE, InstantSource.system());
  }

  static Station open(Path folder, SpanStore store, Reading reading, LoaderConfig config) {
    Station station = new Station(folder, store, reading, config);
    station.loader.start();
    station.ingest.attach(station.loader);
    return station;
  }

  JournalPosition accept(String... lines) {
    return ingest.accept(LineReading.record(lines)).at();
  }

  /// Waits until all that is accepted has left the journal.
  void settle() {
    try {
      if (!loader.awaitLoaded(journal.end(), PATIENCE)) {
        throw new AssertionError("not loaded in time: " + ingest.counts() + " " + ingest.status());
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    loader.close();
    journal.close();
  }
}
