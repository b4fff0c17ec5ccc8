// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.pages;

import dev.steward.console.view.IngestView;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.history.History;
import dev.steward.server.history.HistoryStatus;
import dev.steward.trace.DeadLetter;
import dev.steward.trace.ingest.Arrivals;
import dev.steward.trace.ingest.Ingest;
import dev.steward.trace.ingest.IngestCounts;
import dev.steward.trace.ingest.IngestStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Ingest as the console reads it, and the console's two actions on dead letters.
public final class ConsoleIngest implements IngestView {
  private static final System.Logger LOG = System.getLogger(ConsoleIngest.class.getName());

  private final Ingest ingest;
  private final History history;
  private final Supplier<State> state;
  private final InstantSource clock;

  public ConsoleIngest(Ingest ingest, History history, Supplier<State> state, InstantSource clock) {
    this.ingest = ingest;
    this.history = history;
    this.state = state;
    this.clock = clock;
  }

  @Override
  public Counts counts() {
    history.require();
    IngestCounts counts = ingest.counts();
    IngestStatus status = ingest.status();
    return new Counts(
        counts.accepted(),
        counts.loaded(),
        counts.waiting(),
        counts.deadLetters(),
        counts.duplicates(),
        status.oldestWaiting(),
        status.slowedDown());
  }

  @Override
  public long knownDeadLetters() {
    return history.status() instanceof HistoryStatus.Attached ? counts().deadLetters() : 0;
  }

  @Override
  public Arrivals.Report arrivals() {
    return ingest.arrivals();
  }

  @Override
  public IngestStatus status() {
    return ingest.status();
  }

  @Override
  public List<DeadLetter> deadLetters(int limit) {
    return history.deadLetters().list(limit);
  }

  @Override
  public int retry(Set<String> ids, Actor actor) {
    require(actor);
    int there = 0;
    for (String id : ids) {
      try {
        history.deadLetters().retry(id);
        there++;
      } catch (ApiException e) {
        if (e.code() != ErrorCode.NOT_FOUND) {
          throw e;
        }
        LOG.log(System.Logger.Level.DEBUG, "dead letter {0} was taken meanwhile", id);
      }
    }
    return there;
  }

  @Override
  public int drop(Set<String> ids, Actor actor) {
    require(actor);
    return history.deadLetters().drop(ids);
  }

  private void require(Actor actor) {
    if (!state.get().authority(actor, clock.instant()).may(Permission.OPERATE, Target.SERVER)) {
      throw new ApiException(
          ErrorCode.FORBIDDEN, "Dead letters are for operators: ask an admin for the role.");
    }
  }
}
