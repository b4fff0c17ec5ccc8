// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.compare;

import dev.steward.console.format.Figures;
import dev.steward.console.runs.RunRow;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// The respects in which two runs are compared, what explains the rest first.
record Respects(RunSide one, RunSide other, RunRow left, RunRow right, boolean readsContent) {

  List<Difference> all() {
    List<Difference> all = new ArrayList<>();
    all.add(Difference.of("Outcome", outcome(left), outcome(right)));
    all.add(Difference.of("Status", left.mark().word(), right.mark().word()));
    all.add(Difference.of("Agent", left.agent(), right.agent()));
    all.add(Difference.of("Version", version(left), version(right)));
    all.add(Difference.of("Model", known(one.models()), known(other.models())));
    if (readsContent) {
      all.add(Difference.of("Asked", left.title(), right.title()));
      all.add(
          one.instructions().equals(other.instructions())
              ? Difference.of("Instructions", "the same", "the same")
              : Difference.of("Instructions", lines(one), lines(other) + ", see below"));
    }
    all.add(Difference.of("Tools called", one.tools(), other.tools()));
    all.add(number("Errors", one.run.errors(), other.run.errors()));
    all.add(number("Steps", one.run.steps(), other.run.steps()));
    all.add(
        new Difference(
            "Took",
            left.took(),
            right.took(),
            share(
                BigDecimal.valueOf(one.run.duration().toMillis()),
                BigDecimal.valueOf(other.run.duration().toMillis()))));
    RunCost before = one.run.cost();
    RunCost after = other.run.cost();
    boolean known = before.known() && after.known();
    all.add(
        new Difference(
            "Cost, " + before.currency(),
            known(left.cost().text()),
            known(right.cost().text()),
            known ? share(before.amount(), after.amount()) : ""));
    all.add(Difference.of("Tokens", one.tokens(), other.tokens()));
    all.add(Difference.of("Environment", known(left.environment()), known(right.environment())));
    return all;
  }

  private static String outcome(RunRow row) {
    return row.outcome() == null ? "none told" : row.outcome();
  }

  private static String version(RunRow row) {
    return row.version().isEmpty() ? "undeclared" : row.version();
  }

  private static String known(String text) {
    return text.isEmpty() ? "unknown" : text;
  }

  private static String lines(RunSide side) {
    long lines = side.instructions().lines().count();
    return lines == 0 ? "none told" : Figures.of(lines, "line", "lines");
  }

  private static Difference number(String name, long left, long right) {
    return new Difference(
        name,
        Figures.count(left),
        Figures.count(right),
        share(BigDecimal.valueOf(left), BigDecimal.valueOf(right)));
  }

  /// How much more or less, in percent; "" where there is nothing to take a share of.
  private static String share(BigDecimal before, BigDecimal after) {
    if (before.signum() == 0 || before.compareTo(after) == 0) {
      return "";
    }
    BigDecimal percent =
        after
            .subtract(before)
            .multiply(BigDecimal.valueOf(100))
            .divide(before, 0, RoundingMode.HALF_UP);
    return (percent.signum() > 0 ? "+" : "") + percent.toPlainString().replace('-', '−') + " %";
  }
}
