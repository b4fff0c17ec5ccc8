// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.domain.Cost;
import dev.steward.domain.SpanKind;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Sums the cost of a run's spans into lines, and lines into totals.
final class CostLedger {
  private record Key(String agent, Instant minute, String model, String tool, String currency) {
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::minute)
            .thenComparing(Key::agent)
            .thenComparing(Key::model)
            .thenComparing(Key::tool)
            .thenComparing(Key::currency);
  }

  private final TreeMap<Key, CostLine> lines = new TreeMap<>(Key.ORDER);
  private @Nullable Long inputTokens;
  private @Nullable Long outputTokens;

  /// @param agent name of the sub-agent that spent it, `OWN` for the run's agent
  void add(SpanFacts facts, String agent, String model, String tool) {
    inputTokens = RunSums.plus(inputTokens, facts.inputTokens());
    outputTokens = RunSums.plus(outputTokens, facts.outputTokens());
    put(facts, agent, model, tool, facts.inputTokens(), facts.outputTokens());
  }

  /// Adds what a tool or a search itself cost, where its sender says so.
  void addReported(SpanFacts facts, String agent, String tool) {
    if (RunTally.reported(facts.cost())) {
      put(facts, agent, "", tool, null, null);
    }
  }

  private void put(
      SpanFacts facts,
      String agent,
      String model,
      String tool,
      @Nullable Long input,
      @Nullable Long output) {
    Cost.@Nullable Known known = facts.cost() instanceof Cost.Known it ? it : null;
    String currency = known == null ? "" : known.currency();
    Instant minute = facts.startedAt().truncatedTo(ChronoUnit.MINUTES);
    CostLine line =
        new CostLine(
            agent,
            "",
            "",
            minute,
            model,
            tool,
            currency,
            known == null ? BigDecimal.ZERO : known.amount(),
            known == null ? 0 : 1,
            known == null ? 1 : 0,
            facts.kind() == SpanKind.MODEL ? 1 : 0,
            input,
            output);
    lines.merge(new Key(agent, minute, model, tool, currency), line, CostLedger::plus);
  }

  List<CostLine> lines() {
    return List.copyOf(lines.values());
  }

  @Nullable Long inputTokens() {
    return inputTokens;
  }

  @Nullable Long outputTokens() {
    return outputTokens;
  }

  static RunCost total(List<CostLine> lines) {
    RunSums sums = new RunSums();
    for (CostLine line : lines) {
      sums.add(line.currency(), line.amount(), line.priced(), line.unknown());
    }
    return sums.cost();
  }

  private static CostLine plus(CostLine one, CostLine other) {
    return new CostLine(
        one.agent(),
        one.version(),
        one.team(),
        one.minute(),
        one.model(),
        one.tool(),
        one.currency(),
        one.amount().add(other.amount()),
        one.priced() + other.priced(),
        one.unknown() + other.unknown(),
        one.modelCalls() + other.modelCalls(),
        RunSums.plus(one.inputTokens(), other.inputTokens()),
        RunSums.plus(one.outputTokens(), other.outputTokens()));
  }
}
