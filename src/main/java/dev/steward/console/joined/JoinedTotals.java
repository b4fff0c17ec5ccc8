// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.joined;

import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Rate;
import dev.steward.console.format.Took;
import dev.steward.trace.run.OutcomeWords;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Adds runs up; what is unknown of one is unknown of all.
record JoinedTotals(List<Run> runs, boolean more) {

  JoinedPage.Totals totals(String listHref) {
    TreeSet<String> agents = new TreeSet<>();
    Duration working = Duration.ZERO;
    Instant end = runs.getFirst().startedAt();
    int errors = 0;
    int told = 0;
    int good = 0;
    for (Run run : runs) {
      agents.add(run.agent());
      working = working.plus(run.duration());
      Instant ended = run.startedAt().plus(run.duration());
      end = ended.isAfter(end) ? ended : end;
      errors += run.errors();
      told += run.outcome() == null ? 0 : 1;
      good += run.outcome() != null && OutcomeWords.success(run.outcome(), run.score()) ? 1 : 0;
    }
    return new JoinedPage.Totals(
        more
            ? "the first " + Figures.count(runs.size()) + " runs"
            : Figures.of(runs.size(), "run", "runs"),
        String.join(", ", agents),
        Took.of(Duration.between(runs.getFirst().startedAt(), end)),
        Took.of(working),
        Figures.of(errors, "error", "errors"),
        tokens(),
        CostText.of(cost()),
        new Rate(good, told),
        listHref);
  }

  private String tokens() {
    String in = sum(true);
    String out = sum(false);
    return in.equals(out) && in.equals("unknown") ? in : in + " → " + out;
  }

  private String sum(boolean input) {
    long sum = 0;
    boolean unknown = false;
    boolean known = false;
    for (Run run : runs) {
      @Nullable Long count = input ? run.inputTokens() : run.outputTokens();
      unknown |= count == null && run.modelCalls() > 0;
      known |= count != null;
      sum += count == null ? 0 : count;
    }
    return !known ? "unknown" : (unknown ? "≥ " : "") + Figures.count(sum);
  }

  /// Money of another currency than the first is not added; it counts as unknown.
  private RunCost cost() {
    String currency = runs.getFirst().cost().currency();
    BigDecimal amount = BigDecimal.ZERO;
    int priced = 0;
    int unknown = 0;
    for (Run run : runs) {
      RunCost cost = run.cost();
      boolean same = cost.currency().equals(currency);
      amount = same ? amount.add(cost.amount()) : amount;
      priced += same ? cost.priced() : 0;
      unknown += cost.unknown() + (same ? 0 : cost.priced());
    }
    return new RunCost(amount, currency, priced, unknown);
  }
}
