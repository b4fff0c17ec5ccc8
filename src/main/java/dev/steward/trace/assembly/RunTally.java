// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.domain.Cost;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Spend;
import dev.steward.trace.fact.SpanFacts;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.span.Charge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the spans of one run add up to.
///
/// @param unseen positions of calls of models and tools that our gateway did not see
record RunTally(
    int steps,
    int modelCalls,
    int toolCalls,
    int errors,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    RunCost cost,
    Set<String> models,
    Set<String> tools,
    Set<String> toolsDone,
    Set<String> sources,
    Set<String> services,
    List<CostLine> lines,
    List<Integer> unseen) {

  /// For each span of a trace the sub-agent that acts in it, the tool that it works in, and the
  /// part of the work that it belongs to.
  record Inside(String[] agent, String[] tool, String[] step) {
    CostLedger.Place place(int at) {
      return new CostLedger.Place(agent[at], tool[at], step[at]);
    }
  }

  static RunTally of(Kinship kin, Counted counted, Inside inside, int[] positions) {
    Set<String> models = new TreeSet<>();
    Set<String> tools = new TreeSet<>();
    Set<String> toolsFailed = new TreeSet<>();
    Set<String> sources = new TreeSet<>();
    Set<String> services = new TreeSet<>();
    Set<Integer> calls = new HashSet<>();
    Set<Integer> seen = new HashSet<>();
    CostLedger costs = new CostLedger();
    List<Integer> unseen = new ArrayList<>();
    int modelCalls = 0;
    int retrievals = 0;
    boolean anyPriced = false;
    for (int at : positions) {
      SpanFacts facts = kin.get(at);
      services.add(facts.origin().service());
      if (facts.source() != null) {
        sources.add(facts.source());
      }
      if (facts.priced()) {
        anyPriced = true;
        String model = facts.model() == null ? "" : facts.model();
        models.add(model);
        if (counted.model(at)) {
          costs.add(facts, inside.place(at));
          modelCalls += facts.kind() == SpanKind.MODEL ? 1 : 0;
          if (!counted.passedGateway(at) && (facts.hasUsage() || !facts.failed())) {
            unseen.add(at);
          }
        }
      } else if (facts.kind() == SpanKind.TOOL) {
        calls.add(counted.toolCall(at));
        if (facts.teller().gateway()) {
          seen.add(counted.toolCall(at));
        }
        (facts.failed() ? toolsFailed : tools).add(facts.toolName());
        costs.addReported(facts, inside.place(at));
      } else if (facts.kind() == SpanKind.RETRIEVER) {
        retrievals++;
        costs.addReported(facts, inside.place(at));
      }
    }
    addCharges(kin, counted, positions, costs, inside);
    if (!anyPriced) {
      addAggregates(kin, positions, costs, inside);
    }
    for (int at : calls) {
      // A call that failed may never have left.
      if (!seen.contains(at) && !kin.get(at).failed() && kin.get(at).tool() != null) {
        unseen.add(at);
      }
    }
    Set<String> toolsDone = Set.copyOf(tools);
    tools.addAll(toolsFailed);
    models.remove("");
    tools.remove("");
    services.remove("");
    List<CostLine> lines = costs.lines();
    return new RunTally(
        modelCalls + calls.size() + retrievals,
        modelCalls,
        calls.size(),
        errors(kin, counted, positions),
        costs.inputTokens(),
        costs.outputTokens(),
        CostLedger.total(lines),
        models,
        tools,
        toolsDone,
        sources,
        services,
        lines,
        unseen);
  }

  /// A tool call that several tell of is charged once, by the first of them that a price fits.
  private static void addCharges(
      Kinship kin, Counted counted, int[] positions, CostLedger costs, Inside inside) {
    Set<String> charged = new HashSet<>();
    for (int at : positions) {
      SpanFacts facts = kin.get(at);
      for (Charge charge : facts.charges()) {
        boolean byCall = charge.what() == Spend.TOOL || charge.what() == Spend.API;
        if (!byCall || charged.add(charge.what() + " " + counted.toolCall(at))) {
          costs.add(facts, charge, inside.place(at));
        }
      }
    }
  }

  /// Where no model call was told of, the outermost spans that state a usage count instead.
  private static void addAggregates(Kinship kin, int[] positions, CostLedger costs, Inside inside) {
    boolean[] told = new boolean[kin.size()];
    for (int at : kin.parentsFirst()) {
      int parent = kin.parent(at);
      told[at] = kin.get(at).hasUsage() || (parent >= 0 && told[parent]);
    }
    for (int at : positions) {
      int parent = kin.parent(at);
      SpanFacts facts = kin.get(at);
      if (facts.hasUsage() && (parent < 0 || !told[parent])) {
        costs.add(facts, inside.place(at));
      }
    }
  }

  /// Places where something failed: an error that only passed upwards counts where it began.
  private static int errors(Kinship kin, Counted counted, int[] positions) {
    boolean[] failedBelow = new boolean[kin.size()];
    for (int at : positions) {
      int parent = kin.parent(at);
      if (kin.get(at).failed() && parent >= 0) {
        failedBelow[parent] = true;
      }
    }
    Set<Integer> places = new HashSet<>();
    for (int at : positions) {
      if (kin.get(at).failed() && !failedBelow[at]) {
        places.add(Math.max(counted.toolCall(at), -1) >= 0 ? counted.toolCall(at) : at);
      }
    }
    return places.size();
  }

  static boolean reported(@Nullable Cost cost) {
    return cost instanceof Cost.Known;
  }
}
