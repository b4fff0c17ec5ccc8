// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.control.state.LegalHold;
import dev.steward.control.state.State;
import dev.steward.gateway.rollout.Arms;
import dev.steward.insight.behaviour.LateTraces;
import dev.steward.insight.data.KnownDocuments;
import dev.steward.insight.model.AnsweringModels;
import dev.steward.insight.signal.CallSignals;
import dev.steward.server.config.ServerConfig;
import dev.steward.server.folder.DataFolder;
import dev.steward.server.history.History;
import dev.steward.server.history.Upkeep;
import dev.steward.server.judgement.Judgements;
import dev.steward.server.log.CallEntries;
import dev.steward.server.state.StateDirectory;
import dev.steward.server.state.StatePrices;
import dev.steward.store.duckdb.DuckDbConfig;
import dev.steward.store.duckdb.DuckDbSpanStore;
import dev.steward.store.duckdb.Retention;
import dev.steward.store.file.FileDiary;
import dev.steward.store.journal.FileJournal;
import dev.steward.store.journal.JournalConfig;
import dev.steward.trace.Batch;
import dev.steward.trace.Holds;
import dev.steward.trace.Journal;
import dev.steward.trace.SpanStore;
import dev.steward.trace.ingest.Ingest;
import dev.steward.trace.ingest.IngestConfig;
import dev.steward.trace.load.Loader;
import dev.steward.trace.load.LoaderConfig;
import dev.steward.trace.load.Tail;
import dev.steward.trace.reading.RecordReader;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.tail.LiveTail;
import dev.steward.trace.tail.MergedTraces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The way of spans: journal, ingest, live tail, and the past behind them.
///
/// @param answering who answers what agents ask for
/// @param documents what is known of what retrieval returns
/// @param signals how calls go
/// @param late what was told of runs after they were read for drift
/// @param lateSigns what was told of runs after they were read for signals
record Traces(
    Ingest ingest,
    Journal journal,
    LiveTail tail,
    MergedTraces merged,
    History history,
    AnsweringModels answering,
    KnownDocuments documents,
    CallSignals signals,
    LateTraces late,
    LateTraces lateSigns) {

  /// What of the past is brought together with what comes now.
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private static final int REMEMBERED_MAX = 50_000;

  /// @param arms say who was given a version that is tried
  /// @param calls bind what passed the gateway
  /// @param fatal told when the past cannot be opened at all
  static Traces open(
      DataFolder folder,
      ServerConfig config,
      Supplier<State> state,
      Arms arms,
      CallEntries calls,
      InstantSource clock,
      Supplier<String> ids,
      Consumer<String> fatal,
      Closing closing) {
    Journal journal = closing.add(FileJournal.open(folder.journal(), journalConfig(config)));
    IngestConfig limits =
        new IngestConfig(config.otlp().memory().bytes(), config.otlp().retryAfter());
    Ingest ingest = new Ingest(journal, limits, clock);
    StateDirectory directory = new StateDirectory(state, arms);
    Silence silence =
        new Silence(config.runs().abandonedAfter(), config.runs().waitingAbandonedAfter());
    LiveTail tail = new LiveTail(directory, silence, clock);
    MergedTraces merged = new MergedTraces(tail);
    AnsweringModels answering =
        new AnsweringModels(
            closing.add(FileDiary.open(folder.answering(), AnsweringModels.LINES_MAX)));
    KnownDocuments documents =
        new KnownDocuments(
            closing.add(FileDiary.open(folder.documents(), KnownDocuments.LINES_MAX)), state);
    CallSignals signals = new CallSignals();
    LateTraces late = new LateTraces();
    LateTraces lateSigns = new LateTraces();
    Consumer<Batch> watched =
        batch -> {
          answering.see(batch.spans());
          documents.see(batch.spans());
          signals.see(batch.spans());
          late.see(batch);
          lateSigns.see(batch);
        };
    History.Opening opening =
        () -> {
          DuckDbSpanStore store =
              DuckDbSpanStore.open(folder.spans(), duckDbConfig(config), directory, silence, clock);
          RecordReader reader =
              new RecordReader(new StatePrices(state), store::answered, merged::span, clock);
          reader.remember(store.answeredCalls(clock.instant().minus(REMEMBERED), REMEMBERED_MAX));
          try {
            Loader loader =
                new Loader(
                    journal,
                    Judgements.reading(reader::read),
                    tailOf(tail, store, calls, watched),
                    store,
                    loaderConfig(config),
                    clock,
                    ids);
            merged.attach(store, clock.instant().minus(silence.working()));
            loader.start();
            ingest.attach(loader);
            Retention retention = new Retention(store, duckDbConfig(config), holds(state));
            return new History.Opened(
                store,
                store.metrics(),
                loader,
                Upkeep.start(tail, retention, clock),
                store::backup);
          } catch (RuntimeException e) {
            store.close();
            throw e;
          }
        };
    History history = closing.add(new History(merged, opening, fatal));
    return new Traces(
        ingest, journal, tail, merged, history, answering, documents, signals, late, lateSigns);
  }

  private static Tail tailOf(
      LiveTail tail, SpanStore store, CallEntries calls, Consumer<Batch> watched) {
    return new Tail() {
      @Override
      public void see(Batch batch) {
        calls.see(batch.spans());
        tail.see(batch);
        watched.accept(batch);
      }

      @Override
      public void loading(Batch batch) {
        calls.flush();
      }

      @Override
      public void refused(List<SpanKey> spans) {
        tail.refused(spans);
      }

      @Override
      public void loaded(Batch batch) {
        tail.loaded(batch, store);
      }
    };
  }

  private static Holds holds(Supplier<State> state) {
    return (Run run) -> {
      State now = state.get();
      String conversation = run.conversation();
      return now.held(LegalHold.Subject.RUN, run.id())
          || now.held(LegalHold.Subject.RUN, run.traceId())
          || (conversation != null && now.held(LegalHold.Subject.CONVERSATION, conversation));
    };
  }

  private static JournalConfig journalConfig(ServerConfig config) {
    JournalConfig usual = JournalConfig.DEFAULT;
    return new JournalConfig(
        config.ingest().segment().bytes(),
        config.ingest().backlog().bytes(),
        Math.max(usual.recordBytesMax(), config.otlp().requestLimit().intBytes()),
        usual.groupBytesMax(),
        usual.queueMax(),
        usual.waitMax(),
        usual.keptSegments());
  }

  private static LoaderConfig loaderConfig(ServerConfig config) {
    LoaderConfig usual = LoaderConfig.DEFAULT;
    return new LoaderConfig(
        config.ingest().flushAfter(),
        config.ingest().flushSpans(),
        Math.max(usual.batchRowsMax(), config.ingest().flushSpans()),
        usual.tailBytesMax(),
        usual.storeRetryMin(),
        usual.storeRetryMax());
  }

  private static DuckDbConfig duckDbConfig(ServerConfig config) {
    return new DuckDbConfig(
        (int) (config.store().memory().bytes() >> 20),
        config.store().threads(),
        config.retention().hotDays(),
        config.retention().days());
  }
}
