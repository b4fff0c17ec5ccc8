// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import dev.steward.control.watch.Watch;
import dev.steward.domain.LastUsed;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.RunQueryDraft;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads every run of some agents that ends, and again whenever more is told of it. Not safe for
/// several threads.
public final class RunFeed {
  private static final int PAGE = 1_000;

  /// Clocks of senders differ.
  private static final Duration OVERLAP = Duration.ofMinutes(10);

  /// Open runs beyond it are known when the server starts the next time.
  private static final int OPEN_MAX = 5_000;

  private static final int SEVERAL_MAX = 20_000;

  /// Rests so many times as long as a page of the past took: whoever asks the store meanwhile is
  /// not kept waiting.
  private static final int RESTS = 4;

  private final TraceQueries traces;
  private final Supplier<Set<String>> agents;
  private final LateTraces late;
  private final InstantSource clock;
  private final Watch watch;
  private final Set<String> open = new LinkedHashSet<>();

  /// Ids of the runs of traces that have more than one.
  private final Map<String, Set<String>> several = new LastUsed<>(SEVERAL_MAX);

  private final Set<String> known = new HashSet<>();
  private Instant readTo = Instant.EPOCH;

  /// @param agents whose runs are read; the past of one that joins is read too
  /// @param watch that its thread rests on, so that reading the whole past leaves room for others
  public RunFeed(
      TraceQueries traces,
      Supplier<Set<String>> agents,
      LateTraces late,
      InstantSource clock,
      Watch watch) {
    this.traces = traces;
    this.agents = agents;
    this.late = late;
    this.clock = clock;
    this.watch = watch;
  }

  /// Tells what is new since it was asked last. What could not be read is told the next time.
  ///
  /// @return false when the watch was closed before everything was told
  public boolean read(Consumer<Run> ended) {
    LateTraces.Told told = late.take();
    Set<String> followed = new LinkedHashSet<>(open);
    open.clear();
    boolean whole = false;
    try {
      for (String id : followed) {
        traces.run(id).ifPresent(run -> tell(run, ended));
      }
      for (String trace : told.traces()) {
        runsOf(trace).forEach(id -> traces.run(id).ifPresent(run -> tell(run, ended)));
      }
      whole =
          joined(ended)
              && readFrom(known, told.from().isBefore(readTo) ? told.from() : readTo, ended);
      return whole;
    } finally {
      if (!whole) {
        late.again(told);
        open.addAll(followed);
      }
      late.read(readTo);
    }
  }

  /// A trace's id finds its first run; the others are found by their own.
  private Set<String> runsOf(String trace) {
    Set<String> ids = new LinkedHashSet<>(Set.of(trace));
    ids.addAll(several.getOrDefault(trace, Set.of()));
    return ids;
  }

  /// Reads the past of those who are new, up to where the others are read.
  private boolean joined(Consumer<Run> ended) {
    Set<String> now = agents.get();
    known.retainAll(now);
    Set<String> joining = new HashSet<>(now);
    joining.removeAll(known);
    if (!joining.isEmpty() && readTo.isAfter(Instant.EPOCH)) {
      // What of the others comes meanwhile lies behind the place to which they are read.
      Instant others = readTo;
      boolean whole = readFrom(joining, Instant.EPOCH, ended);
      readTo = others;
      if (!whole) {
        return false;
      }
    }
    known.addAll(joining);
    return true;
  }

  private boolean readFrom(Set<String> of, Instant from, Consumer<Run> ended) {
    if (of.isEmpty()) {
      return true;
    }
    RunQuery query = RunQueryDraft.runs().agents(of).from(from).limit(PAGE).build();
    String next = read(query, ended);
    while (next != null && watch.isOpen()) {
      next = read(query.behind(next), ended);
    }
    return next == null;
  }

  /// A rest follows each page that is not the last.
  private @Nullable String read(RunQuery query, Consumer<Run> ended) {
    long before = clock.millis();
    Page<Run> page = traces.runs(query);
    Instant newest = clock.instant().minus(OVERLAP);
    for (Run run : page.items()) {
      tell(run, ended);
      Instant to = run.startedAt().minus(OVERLAP);
      to = to.isAfter(newest) ? newest : to;
      readTo = to.isAfter(readTo) ? to : readTo;
    }
    if (page.next() != null) {
      watch.rest(Duration.ofMillis(RESTS * Math.max(0, clock.millis() - before)));
    }
    return page.next();
  }

  private void tell(Run run, Consumer<Run> ended) {
    if (!run.id().equals(run.traceId())) {
      several.computeIfAbsent(run.traceId(), _ -> new LinkedHashSet<>()).add(run.id());
    }
    if (!run.status().open()) {
      late.ended(run.traceId());
      ended.accept(run);
    } else if (open.size() < OPEN_MAX) {
      open.add(run.id());
    }
  }
}
