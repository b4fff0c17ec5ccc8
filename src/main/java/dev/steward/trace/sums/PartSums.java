// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.sums;

import dev.steward.trace.assembly.AssembledRun;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.UsedPart;
import dev.steward.trace.run.UsedPart.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Adds runs up to what they have used.
public final class PartSums {
  private final ActivityQuery query;
  private final Map<Kind, Map<String, Use>> uses = new EnumMap<>(Kind.class);

  public PartSums(ActivityQuery query) {
    this.query = query;
  }

  private record Use(long runs, Instant last) {
    Use plus(Use other) {
      return new Use(runs + other.runs, last.isAfter(other.last) ? last : other.last);
    }
  }

  public void add(AssembledRun assembled) {
    Run run = assembled.run();
    if (!query.takes(run)) {
      return;
    }
    add(Kind.MODEL, assembled.models(), run);
    add(Kind.TOOL, assembled.tools(), run);
    add(Kind.SOURCE, assembled.sources(), run);
    if (run.workflow() != null) {
      add(Kind.WORKFLOW, List.of(run.workflow()), run);
    }
    add(Kind.VERSION, List.of(run.version()), run);
    TreeSet<String> others = new TreeSet<>();
    assembled.lines().forEach(line -> others.add(line.agent()));
    others.remove(run.agent());
    add(Kind.AGENT, others, run);
  }

  /// By kind and name.
  public List<UsedPart> parts() {
    List<UsedPart> parts = new ArrayList<>();
    uses.forEach((kind, names) ->
        names.forEach((name, use) -> parts.add(new UsedPart(kind, name, use.runs, use.last))));
    return parts;
  }

  private void add(Kind kind, Collection<String> names, Run run) {
    Map<String, Use> known = uses.computeIfAbsent(kind, _ -> new TreeMap<>());
    for (String name : names) {
      known.merge(name, new Use(1, run.lastSeen()), Use::plus);
    }
  }
}
