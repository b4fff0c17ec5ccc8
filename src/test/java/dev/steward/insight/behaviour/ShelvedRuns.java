// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import dev.steward.insight.finding.FakeTraces;
import dev.steward.trace.EmptyTraces;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs that a test put there, read page by page from a time on; it counts how many were read.
final class ShelvedRuns extends EmptyTraces {
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private int read;
  private boolean fails;
  private Runnable afterPage = () -> {};

  /// Whether it fails from now on.
  void fails(boolean now) {
    fails = now;
  }

  /// What happens after the next page.
  void whenPageIsRead(Runnable then) {
    afterPage = then;
  }

  void put(Run run) {
    runs.put(run.id(), run);
  }

  /// How many were read since this was asked last.
  int read() {
    int count = read;
    read = 0;
    return count;
  }

  static Run run(String id, String agent, RunStatus status, @Nullable String outcome, Instant at) {
    Run like = FakeTraces.run(agent, status, 4, at);
    return new Run(
        id,
        id,
        like.rootSpanId(),
        agent,
        like.registered(),
        like.version(),
        like.environment(),
        like.team(),
        like.workflow(),
        like.task(),
        like.conversation(),
        status,
        outcome,
        like.score(),
        at,
        status.open() ? null : at.plusSeconds(10),
        at.plusSeconds(10),
        like.spans(),
        like.steps(),
        like.modelCalls(),
        like.toolCalls(),
        like.errors(),
        like.inputTokens(),
        like.outputTokens(),
        like.cost(),
        like.title(),
        like.skewed(),
        like.ungoverned(),
        like.ungovernedTools());
  }

  @Override
  public Page<Run> runs(RunQuery query) {
    Instant from = query.from() == null ? Instant.EPOCH : query.from();
    List<Run> all = new ArrayList<>(runs.values());
    all.removeIf(run -> run.startedAt().isBefore(from));
    all.removeIf(run -> query.agents() != null && !query.agents().contains(run.agent()));
    all.sort(Comparator.comparing(Run::startedAt).thenComparing(Run::id));
    int first = query.cursor() == null ? 0 : Integer.parseInt(query.cursor());
    int last = Math.min(all.size(), first + query.limit());
    read += last - first;
    if (fails) {
      throw new IllegalStateException("the store is away");
    }
    Runnable then = afterPage;
    afterPage = () -> {};
    then.run();
    return new Page<>(all.subList(first, last), last < all.size() ? Integer.toString(last) : null);
  }

  @Override
  public Optional<Run> run(String id) {
    Optional<Run> run = Optional.ofNullable(runs.get(id));
    read += run.isPresent() ? 1 : 0;
    return run;
  }
}
