// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.finding;

import dev.steward.insight.sight.AgentSight;
import dev.steward.trace.TraceQueries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that is wrong at the moment. Each kind of trouble has its source; a new kind is one more.
public final class Findings {
  private static final Duration KEEP = Duration.ofSeconds(5);
  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::severity)
          .thenComparing(f -> f.since() == null ? Instant.MAX : f.since())
          .thenComparing(Finding::id);

  private final TraceQueries traces;
  private final List<FindingSource> sources;
  private final InstantSource clock;
  private @Nullable Seen seen;

  public Findings(TraceQueries traces, List<FindingSource> sources, InstantSource clock) {
    this.traces = traces;
    this.sources = List.copyOf(sources);
    this.clock = clock;
  }

  /// What was seen, and what was found in it, the worst first and of those the oldest.
  public record Seen(Lately lately, List<Finding> findings) {
    public Seen {
      findings = List.copyOf(findings);
    }

    /// The findings that are of concern to somebody who sees so much: those about the server need
    /// all of it, those about an agent a part of that agent, or all that they sum up.
    public List<Finding> concerning(AgentSight sight) {
      return findings.stream().filter(finding -> concerns(finding.subject(), sight)).toList();
    }

    private boolean concerns(Subject subject, AgentSight sight) {
      if (subject.server()) {
        return sight.everything();
      }
      String sum = subject.sum();
      if (sum != null) {
        return !sight.in(subject.agent(), List.of(sum)).isEmpty();
      }
      return sight.wholly(subject.agent())
          || !sight.in(subject.agent(), subject.environments()).isEmpty()
          || lately.today().stream().anyMatch(a -> a.agent().equals(subject.agent()))
          || lately.before().stream().anyMatch(a -> a.agent().equals(subject.agent()));
    }
  }

  /// What is wrong now, as of at most five seconds ago.
  public synchronized Seen look() {
    Instant now = clock.instant();
    Seen last = seen;
    if (last != null && !last.lately().now().plus(KEEP).isBefore(now)) {
      return last;
    }
    Seen fresh = find(traces, now);
    seen = fresh;
    return fresh;
  }

  /// What is wrong in what somebody may see of the traces, who need not be told of the rest; what
  /// is found about the server is in it too.
  public Seen look(TraceQueries visible) {
    return visible.equals(traces) ? look() : find(visible, clock.instant());
  }

  private Seen find(TraceQueries visible, Instant now) {
    Lately lately = Lately.read(visible, now);
    List<Finding> all = new ArrayList<>();
    for (FindingSource source : sources) {
      all.addAll(source.look(lately));
    }
    all.sort(WORST_FIRST);
    return new Seen(lately, all);
  }
}
