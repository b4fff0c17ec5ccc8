// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.domain.Cost;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Spend;
import dev.steward.trace.fact.SpanFacts;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.span.Charge;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Sums the cost of a run's spans into lines, and lines into totals.
final class CostLedger {
  /// Names of steps in one run; a sender that numbers them must not make a line of every span.
  private static final int STEPS_MAX = 200;

  private static final String OTHER_STEPS = "other steps";

  /// Where in a run something was spent.
  ///
  /// @param agent name of the sub-agent that spent it, `OWN` for the run's agent
  /// @param tool that it was spent inside of, "" for none
  record Place(String agent, String tool, String step) {}

  private record Key(
      Place place, Instant minute, Spend what, String provider, String model, String currency) {
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::minute)
            .thenComparing(key -> key.place().agent())
            .thenComparing(Key::what)
            .thenComparing(Key::model)
            .thenComparing(key -> key.place().tool())
            .thenComparing(Key::currency)
            .thenComparing(Key::provider)
            .thenComparing(key -> key.place().step());
  }

  private record Amount(
      @Nullable Cost cost, int calls, @Nullable Long input, @Nullable Long output) {}

  private final TreeMap<Key, CostLine> lines = new TreeMap<>(Key.ORDER);
  private final Set<String> steps = new HashSet<>();
  private @Nullable Long inputTokens;
  private @Nullable Long outputTokens;

  /// Adds what a model call cost.
  void add(SpanFacts facts, Place place) {
    inputTokens = RunSums.plus(inputTokens, facts.inputTokens());
    outputTokens = RunSums.plus(outputTokens, facts.outputTokens());
    String model = facts.model() == null ? "" : facts.model();
    String provider = facts.provider() == null ? "" : facts.provider();
    int calls = facts.kind() == SpanKind.MODEL ? 1 : 0;
    Amount amount = new Amount(facts.cost(), calls, facts.inputTokens(), facts.outputTokens());
    put(facts, place, Spend.MODEL, provider, model, amount);
  }

  /// Adds what a tool or a search itself cost, where its sender says so.
  void addReported(SpanFacts facts, Place place) {
    if (RunTally.reported(facts.cost())) {
      Spend what = facts.kind() == SpanKind.TOOL ? Spend.TOOL : Spend.RETRIEVAL;
      put(facts, place, what, "", "", new Amount(facts.cost(), 0, null, null));
    }
  }

  /// Adds what else a span cost.
  void add(SpanFacts facts, Charge charge, Place place) {
    Amount amount = new Amount(charge.cost(), 0, null, null);
    put(facts, place, charge.what(), charge.provider(), "", amount);
  }

  private void put(
      SpanFacts facts, Place place, Spend what, String provider, String model, Amount amount) {
    Cost.@Nullable Known known = amount.cost() instanceof Cost.Known it ? it : null;
    String currency = known == null ? "" : known.currency();
    Instant minute = facts.startedAt().truncatedTo(ChronoUnit.MINUTES);
    String step = named(place.step());
    CostLine line =
        new CostLine(
            place.agent(),
            "",
            "",
            minute,
            what,
            provider,
            step,
            model,
            place.tool(),
            currency,
            known == null ? BigDecimal.ZERO : known.amount(),
            known == null ? 0 : 1,
            known == null ? 1 : 0,
            amount.calls(),
            amount.input(),
            amount.output());
    Place kept = new Place(place.agent(), place.tool(), step);
    lines.merge(new Key(kept, minute, what, provider, model, currency), line, CostLedger::plus);
  }

  private String named(String step) {
    return steps.contains(step) || (steps.size() < STEPS_MAX && steps.add(step))
        ? step
        : OTHER_STEPS;
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
        one.what(),
        one.provider(),
        one.step(),
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
