// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.conduct;

import dev.steward.control.state.State;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.Way;
import dev.steward.insight.finding.Words;
import dev.steward.trace.run.AgentActivity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Finds registered agents that ran, and do not any more.
public final class SilentAgents implements FindingSource {
  private static final long RUNS_LEAST = 10;
  private static final long GAPS = 10;
  private static final Duration LEAST = Duration.ofHours(1);

  private final Supplier<State> state;

  public SilentAgents(Supplier<State> state) {
    this.state = state;
  }

  @Override
  public List<Finding> look(Lately lately) {
    State now = state.get();
    List<Finding> found = new ArrayList<>();
    for (AgentActivity week : lately.before()) {
      AgentActivity today =
          lately.today().stream()
              .filter(a -> a.agent().equals(week.agent()))
              .findFirst()
              .orElse(null);
      Instant last = today == null ? week.lastSeen() : today.lastSeen();
      Duration silence = Duration.between(last, lately.now());
      boolean atWork = today != null && today.open() > 0;
      if (!atWork
          && week.runs() >= RUNS_LEAST
          && silence.compareTo(patience(week)) > 0
          && now.agent(week.agent()).isPresent()) {
        found.add(finding(week, last, silence));
      }
    }
    return found;
  }

  /// How long it may be silent without anybody wondering.
  private static Duration patience(AgentActivity week) {
    Duration gap = Lately.WEEK.dividedBy(week.runs());
    Duration rhythm = gap.multipliedBy(GAPS);
    Duration pause = Lately.WEEK.dividedBy(week.runsPerSlice().size()).multipliedBy(empty(week));
    Duration longer = rhythm.compareTo(pause) > 0 ? rhythm : pause;
    return longer.compareTo(LEAST) > 0 ? longer : LEAST;
  }

  /// The longest stretch of its week without a run, and one slice more; 0 when it never paused.
  private static int empty(AgentActivity week) {
    int longest = 0;
    int length = 0;
    for (long runs : week.runsPerSlice()) {
      length = runs == 0 ? length + 1 : 0;
      longest = Math.max(longest, length);
    }
    return longest == 0 ? 0 : longest + 1;
  }

  private static Finding finding(AgentActivity week, Instant last, Duration silence) {
    String agent = week.agent();
    return new Finding(
        "silent/" + agent,
        Severity.WARNING,
        Subject.of(week),
        agent + " has gone silent",
        "It started %d runs in the week before the last 24 hours, one in %s; nothing has come from it for %s. Told after ten of its usual gaps."
            .formatted(
                week.runs(), Words.about(Lately.WEEK.dividedBy(week.runs())), Words.about(silence)),
        last,
        List.of(Way.to("its last runs", "runs", "agent", agent, "range", "30d")),
        List.of(
            Way.to("see whether spans arrive at all", "ingest"),
            Way.run("ask what the server hears", "steward doctor")));
  }
}
