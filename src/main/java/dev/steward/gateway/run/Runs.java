// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

import dev.steward.domain.Cost;
import dev.steward.domain.call.RunSoFar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What runs at work have done so far, by models and by tools, as conditions of policies see it. A
/// run that was quiet for the longest is forgotten first, and begins anew if it is seen again.
public final class Runs {
  private static final int TOOLS_MAX = 512;
  private static final int AGENTS_MAX = 16;
  private static final Cost NOTHING =
      new Cost.Known(BigDecimal.ZERO, "USD", Cost.Source.PRICED, "");

  private final int max;
  private final Duration quietMax;
  private final LinkedHashMap<String, Done> runs = new LinkedHashMap<>(64, 0.75f, true);

  /// @param max runs that are remembered
  /// @param quietMax after which a run may be forgotten
  public Runs(int max, Duration quietMax) {
    this.max = max;
    this.quietMax = quietMax;
  }

  /// What one run has done.
  private static final class Done {
    private final Set<String> tools = new LinkedHashSet<>();
    private final Set<String> agents = new LinkedHashSet<>();
    private Instant last;
    private long steps;
    private @Nullable Cost spent;

    private Done(Instant last) {
      this.last = last;
    }
  }

  /// What the run has done before its next step.
  public synchronized RunSoFar soFar(String run) {
    Done done = runs.get(run);
    return done == null
        ? new RunSoFar(run, 0, NOTHING, Set.of())
        : new RunSoFar(run, done.steps, done.spent == null ? NOTHING : done.spent, done.tools);
  }

  /// Agents that were at work in the run before this one was, the first one first: on their behalf
  /// it acts.
  public synchronized List<String> chain(String run, String agent) {
    Done done = runs.get(run);
    List<String> before = new ArrayList<>();
    if (done != null) {
      for (String known : done.agents) {
        if (known.equals(agent)) {
          return before;
        }
        before.add(known);
      }
    }
    return before;
  }

  /// A model is asked.
  public synchronized void asks(String run, String agent, Instant at) {
    step(run, agent, at);
  }

  /// A tool is called, or given to an agent that will call it.
  ///
  /// @param tool as `server/tool`
  public synchronized void calls(String run, String agent, String tool, Instant at) {
    Done done = step(run, agent, at);
    if (done.tools.size() < TOOLS_MAX) {
      done.tools.add(tool);
    }
  }

  /// A step has cost that much.
  public synchronized void spent(String run, Cost cost) {
    Done done = runs.get(run);
    if (done != null) {
      done.spent = done.spent == null ? cost : sum(done.spent, cost);
    }
  }

  private static Cost sum(Cost one, Cost other) {
    if (!(one instanceof Cost.Known first)) {
      return one;
    }
    if (!(other instanceof Cost.Known second)) {
      return other;
    }
    return first.currency().equals(second.currency())
        ? new Cost.Known(
            first.amount().add(second.amount()), first.currency(), Cost.Source.PRICED, "")
        : new Cost.Unknown("it was spent in " + first.currency() + " and " + second.currency());
  }

  private Done step(String run, String agent, Instant at) {
    Done done = runs.computeIfAbsent(run, _ -> new Done(at));
    done.last = at.isAfter(done.last) ? at : done.last;
    done.steps++;
    if (done.agents.size() < AGENTS_MAX) {
      done.agents.add(agent);
    }
    forgetTheQuiet(at);
    return done;
  }

  private void forgetTheQuiet(Instant now) {
    Iterator<Map.Entry<String, Done>> eldest = runs.entrySet().iterator();
    while (eldest.hasNext()) {
      Done done = eldest.next().getValue();
      if (runs.size() <= max && !done.last.plus(quietMax).isBefore(now)) {
        return;
      }
      eldest.remove();
    }
  }
}
