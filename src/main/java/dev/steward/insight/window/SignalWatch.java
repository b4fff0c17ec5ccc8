// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import dev.steward.control.watch.Watch;
import dev.steward.domain.Uninterrupted;
import dev.steward.insight.behaviour.LateTraces;
import dev.steward.insight.behaviour.RunFeed;
import dev.steward.insight.dialogue.Dialogue;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.Run;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Reads every run of some agents that ends into the book, and again whenever more is told of it.
public final class SignalWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SignalWatch.class.getName());

  private final TraceQueries traces;
  private final KeptReadings kept;
  private final InstantSource clock;
  private final BooleanSupplier ready;
  private final Duration rest;
  private final Watch watch = new Watch();
  private final RunFeed feed;
  private final SignalBook book = new SignalBook();
  private final Thread thread = Thread.ofVirtual().name("signal-watch").unstarted(this::run);

  /// @param agents whose runs are read
  /// @param late is told of all that comes in, and asked by nobody else
  /// @param ready whether all runs can be read
  /// @param rest that it takes after it has looked
  public SignalWatch(
      TraceQueries traces,
      Supplier<Set<String>> agents,
      LateTraces late,
      KeptReadings kept,
      InstantSource clock,
      BooleanSupplier ready,
      Duration rest) {
    this.traces = traces;
    this.kept = kept;
    this.clock = clock;
    this.ready = ready;
    this.rest = rest;
    this.feed = new RunFeed(traces, agents, late, clock, watch);
  }

  /// Begins to watch on a thread of its own.
  public SignalWatch start() {
    thread.start();
    return this;
  }

  /// Ends the watch. The run that is being read is read to its end, and none after it.
  @Override
  public void close() {
    watch.close();
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.join(thread);
    }
  }

  public SignalBook book() {
    return book;
  }

  /// Reads what has ended since it looked last.
  ///
  /// @return false when it could not read everything
  public boolean look() {
    return ready.getAsBoolean() && feed.read(this::put);
  }

  private void run() {
    boolean open = watch.rest(rest);
    while (open) {
      try {
        look();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "runs could not be read for signals; it is tried again", e);
      }
      open = watch.rest(rest);
    }
  }

  private void put(Run run) {
    if (!watch.isOpen()) {
      return;
    }
    if (!run.id().equals(run.traceId())) {
      // The trace was one run as long as only a part of it was known.
      book.remove(run.traceId());
    }
    book.put(RunSign.of(run, kept.of(run).orElseGet(() -> read(run))));
  }

  private RunReading read(Run run) {
    long before = clock.millis();
    RunReading reading = tryRead(run).orElse(RunReading.UNKNOWN);
    kept.keep(run, reading);
    // Reading a long past leaves room for others.
    watch.rest(Duration.ofMillis(Math.max(0, clock.millis() - before)));
    return reading;
  }

  /// A run that cannot be read keeps nobody from reading the others.
  private Optional<RunReading> tryRead(Run run) {
    if (run.spans() > Dialogue.SPANS_MAX) {
      return Optional.empty();
    }
    try {
      return Optional.of(RunReader.read(run, RunSpans.of(run, traces)));
    } catch (IllegalArgumentException | StackOverflowError e) {
      LOG.log(Level.WARNING, "the spans of run " + run.id() + " cannot be read for signals", e);
      return Optional.empty();
    }
  }
}
