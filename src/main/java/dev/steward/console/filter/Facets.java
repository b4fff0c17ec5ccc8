// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.filter;

import dev.steward.console.web.Reader;
import dev.steward.control.access.Actor;
import dev.steward.insight.sight.AgentSight;
import dev.steward.insight.sight.RecentAgents;
import dev.steward.trace.run.AgentActivity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/// The names that filters offer, from what was seen lately; read anew when older than a quarter of
/// a minute.
public final class Facets {
  private static final Duration KEEP = Duration.ofSeconds(15);
  private static final int READERS_MAX = 64;

  private final RecentAgents lately;
  private final InstantSource clock;
  private final Map<Actor, Kept> kept = new LinkedHashMap<>();

  public Facets(RecentAgents lately, InstantSource clock) {
    this.lately = lately;
    this.clock = clock;
  }

  /// Each in order, without doubles.
  public record Names(
      List<String> agents, List<String> environments, List<String> models, List<String> tools) {
    public static final Names NONE = new Names(List.of(), List.of(), List.of(), List.of());
  }

  private record Kept(Instant readAt, Names names) {}

  /// What there is of the agents that the reader may see.
  public Names names(Reader reader, AgentSight sight) {
    if (sight.everything()) {
      return names(lately.seenBy(sight));
    }
    Instant now = clock.instant();
    synchronized (kept) {
      Kept known = kept.get(reader.actor());
      if (known != null && !known.readAt().plus(KEEP).isBefore(now)) {
        return known.names();
      }
    }
    Names names = names(lately.seenBy(sight));
    synchronized (kept) {
      kept.remove(reader.actor());
      kept.put(reader.actor(), new Kept(now, names));
      if (kept.size() > READERS_MAX) {
        kept.remove(kept.keySet().iterator().next());
      }
    }
    return names;
  }

  private static Names names(List<AgentActivity> visible) {
    return new Names(
        sorted(visible, a -> List.of(a.agent())),
        sorted(visible, AgentActivity::environments),
        sorted(visible, AgentActivity::models),
        sorted(visible, AgentActivity::tools));
  }

  private static List<String> sorted(
      List<AgentActivity> from, Function<AgentActivity, Collection<String>> part) {
    TreeSet<String> all = new TreeSet<>();
    from.forEach(activity -> all.addAll(part.apply(activity)));
    all.remove("");
    return List.copyOf(all);
  }
}
