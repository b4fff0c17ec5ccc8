// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.domain.SpanKind;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.fact.SpanFacts;
import dev.steward.trace.graph.Lineage;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.span.Teller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns all spans of one trace into its runs: one for each agent span that has no agent above it,
/// or one for the whole trace where there is no agent span.
public final class RunAssembler {
  private final AgentDirectory directory;
  private final Silence silence;

  public RunAssembler(AgentDirectory directory, Silence silence) {
    this.directory = directory;
    this.silence = silence;
  }

  /// The runs of one trace in order of start as they stand at the moment; never empty when there is
  /// a span. Of two versions of a span the newer counts.
  public List<Run> assemble(
      Collection<Span> spans, Collection<Evaluation> evaluations, Instant now) {
    Map<SpanKey, SpanFacts> newest = new HashMap<>();
    for (Span span : spans) {
      newest.merge(
          span.key(),
          SpanFacts.of(span),
          (one, other) -> SpanFacts.BY_VERSION.compare(one, other) >= 0 ? one : other);
    }
    return assemble(newest.values(), evaluations, VersionPins.none()).stream()
        .map(run -> run.at(now, silence))
        .toList();
  }

  /// The runs of one trace in order of start.
  ///
  /// @param spans each once, in any order
  /// @param pins versions in force that were found for the trace before; new ones are added
  public List<AssembledRun> assemble(
      Collection<SpanFacts> spans, Collection<Evaluation> evaluations, VersionPins pins) {
    List<SpanFacts> here = here(spans);
    if (here.isEmpty()) {
      return List.of();
    }
    Kinship kin = new Kinship(here);
    Counted counted = new Counted(kin);
    RunTally.Inside inside =
        new RunTally.Inside(ActingAgents.of(kin), kin.insideTool(), kin.steps());
    Map<Integer, List<Integer>> members = membersByRoot(kin);
    List<AssembledRun> runs = new ArrayList<>(members.size());
    members.forEach((root, positions) -> {
      int[] inOrder = positions.stream().mapToInt(Integer::intValue).toArray();
      RunTally tally = RunTally.of(kin, counted, inside, inOrder);
      runs.add(
          new RunNaming(kin, inOrder, root, members.size() == 1)
              .name(directory, pins, tally, evaluations));
    });
    runs.sort(Comparator.comparing(run -> run.run().startedAt()));
    return runs;
  }

  /// The id of the run that each span of a trace belongs to, by the span's id.
  public static Map<String, String> runsOf(Collection<Span> spans) {
    Map<String, String> runs = new HashMap<>();
    List<SpanFacts> here = here(spans.stream().map(SpanFacts::of).toList());
    if (!here.isEmpty()) {
      Kinship kin = new Kinship(here);
      Map<Integer, List<Integer>> members = membersByRoot(kin);
      members.forEach((root, positions) -> {
        String run = RunNaming.id(kin, root, members.size() == 1);
        positions.forEach(at -> runs.put(kin.get(at).key().spanId(), run));
      });
    }
    return runs;
  }

  /// Without calls that stand in another trace by now, and without a run that holds no others.
  private static List<SpanFacts> here(Collection<SpanFacts> spans) {
    List<SpanFacts> here = new ArrayList<>(spans.size());
    boolean anyCall = false;
    for (SpanFacts facts : spans) {
      if (facts.teller() != Teller.MOVED) {
        here.add(facts);
        anyCall |= !(facts.kind() == SpanKind.AGENT && facts.teller().gateway());
      }
    }
    return here.size() == spans.size() || anyCall ? here : List.of();
  }

  /// Spans of each run by the position of its root, -1 when that has not arrived.
  private static Map<Integer, List<Integer>> membersByRoot(Kinship kin) {
    int[] outermost = kin.outermostAgent();
    int first = Arrays.stream(outermost).filter(at -> at >= 0).min().orElse(-1);
    Map<Integer, List<Integer>> members = new LinkedHashMap<>();
    if (first < 0) {
      members.put(rootWithoutAgent(kin), new ArrayList<>());
    }
    for (int i = 0; i < kin.size(); i++) {
      int root = outermost[i] >= 0 ? outermost[i] : first;
      List<Integer> positions =
          first < 0
              ? members.values().iterator().next()
              : members.computeIfAbsent(root, _ -> new ArrayList<>());
      positions.add(i);
    }
    return members;
  }

  private static int rootWithoutAgent(Kinship kin) {
    for (int i = 0; i < kin.size(); i++) {
      if (kin.place(i) == Lineage.Place.ROOT || kin.place(i) == Lineage.Place.CUT) {
        return i;
      }
    }
    return -1;
  }
}
