// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.AgentActivity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/// The names that filters offer, from what was seen lately; read anew when older than a quarter of
/// a minute.
public final class Facets {
  private static final Duration LOOK_BACK = Duration.ofDays(90);
  private static final Duration KEEP = Duration.ofSeconds(15);

  private final TraceQueries traces;
  private final InstantSource clock;
  private List<AgentActivity> lately = List.of();
  private Instant readAt = Instant.MIN;

  public Facets(TraceQueries traces, InstantSource clock) {
    this.traces = traces;
    this.clock = clock;
  }

  /// Each in order, without doubles.
  public record Names(
      List<String> agents, List<String> environments, List<String> models, List<String> tools) {}

  /// What there is of the agents that the reader may see.
  public Names names(Predicate<AgentActivity> seen) {
    List<AgentActivity> visible = lately().stream().filter(seen).toList();
    return new Names(
        sorted(visible, a -> List.of(a.agent())),
        sorted(visible, AgentActivity::environments),
        sorted(visible, AgentActivity::models),
        sorted(visible, AgentActivity::tools));
  }

  private synchronized List<AgentActivity> lately() {
    Instant now = clock.instant();
    if (readAt.equals(Instant.MIN) || readAt.plus(KEEP).isBefore(now)) {
      lately = traces.activity(now.minus(LOOK_BACK), now.plusSeconds(600));
      readAt = now;
    }
    return lately;
  }

  private static List<String> sorted(
      List<AgentActivity> from, Function<AgentActivity, Collection<String>> part) {
    TreeSet<String> all = new TreeSet<>();
    from.forEach(activity -> all.addAll(part.apply(activity)));
    all.remove("");
    return List.copyOf(all);
  }
}
