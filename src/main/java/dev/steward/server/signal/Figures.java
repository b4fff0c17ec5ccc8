// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.signal;

import dev.steward.domain.release.Wilson;
import dev.steward.domain.resource.Agent.Worth;
import dev.steward.insight.window.CostPerSuccess;
import dev.steward.insight.window.Count;
import dev.steward.insight.window.Net;
import dev.steward.insight.window.Waste;
import dev.steward.insight.window.Window;
import dev.steward.server.shape.Money;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How some runs went. What is not known is null or says so, and is never 0.
///
/// @param runs that have ended
/// @param success of the runs of which it is known, null where of none
/// @param outcomes how many runs ended with which label
/// @param failed runs, without those that a time limit ended
/// @param timedOut runs that a time limit ended
/// @param stepsPerRun null without a run
/// @param perRun cost of a run in the mean, null where the whole cost is not known
/// @param wasted by what it was spent for
/// @param value by the outcomes as the agent declares them, null where it declares none
/// @param net value without the cost, null where one of them is not known
/// @param approvals calls that a person was asked about
/// @param denials calls that policy, a budget or a person denied
/// @param ungrounded share of the runs that answered something definite without a source, of those
///   that answered anything definite
/// @param answersUnknown runs of which the answers could not be read
/// @param silentFailures share of the runs that took an error of a tool for a result, of those that
///   had any result of a tool and of which all results could be read
/// @param resultsUnknown runs of which not all results of tools could be read
public record Figures(
    long runs,
    @Nullable RunShare success,
    Map<String, Long> outcomes,
    long failed,
    long timedOut,
    long abandoned,
    @Nullable Double stepsPerRun,
    Money cost,
    @Nullable Money perRun,
    PerSuccessFigures perSuccess,
    List<WastedFigures> wasted,
    @Nullable Money value,
    @Nullable Money net,
    ToolFigures tools,
    long approvals,
    long denials,
    @Nullable RunShare ungrounded,
    long answersUnknown,
    @Nullable RunShare silentFailures,
    long resultsUnknown) {

  /// A share with its 95 % interval.
  ///
  /// @param count of those that it is about
  /// @param of all that are known
  public record RunShare(double share, double low, double high, long count, long of) {
    static @Nullable RunShare of(Wilson wilson) {
      return wilson.whole() == 0
          ? null
          : new RunShare(
              wilson.share(), wilson.low(), wilson.high(), wilson.part(), wilson.whole());
    }
  }

  /// What was spent for each task that succeeded, with all that was spent on those that did not.
  ///
  /// @param amount null where it is not known
  /// @param low where the 95 % interval begins
  /// @param high where it ends; null where nobody can say
  /// @param tasks of which it is known whether they succeeded
  /// @param why it is not known, "" where it is
  public record PerSuccessFigures(
      @Nullable Double amount,
      String currency,
      @Nullable Double low,
      @Nullable Double high,
      @Nullable Long tasks,
      @Nullable Long successes,
      String why) {
    static PerSuccessFigures of(CostPerSuccess cost, String currency) {
      return switch (cost) {
        case CostPerSuccess.Unknown(String why) ->
            new PerSuccessFigures(null, currency, null, null, null, null, why);
        case CostPerSuccess.Known known ->
            new PerSuccessFigures(
                known.amount(),
                known.currency(),
                known.low(),
                Double.isInfinite(known.high()) ? null : Double.valueOf(known.high()),
                known.tasks(),
                known.successes(),
                "");
      };
    }
  }

  /// What was spent for nothing under one name.
  ///
  /// @param why abandoned, failed, denied, looping or retried
  public record WastedFigures(String why, Money cost) {}

  /// Calls of tools.
  ///
  /// @param success null without a call
  /// @param p50Millis half of them took no longer, within a tenth; null without a call
  /// @param p95Millis null without a call
  public record ToolFigures(
      long calls, @Nullable RunShare success, @Nullable Long p50Millis, @Nullable Long p95Millis) {}

  static Figures of(Window window, Map<String, Worth> worth) {
    RunCost cost = window.cost();
    Net net = Net.of(worth, window).orElse(null);
    long runs = window.count(Count.RUNS);
    return new Figures(
        runs,
        RunShare.of(window.success()),
        new TreeMap<>(window.outcomes()),
        window.count(Count.FAILED),
        window.count(Count.TIMED_OUT),
        window.count(Count.ABANDONED),
        runs == 0 ? null : Double.valueOf((double) window.count(Count.STEPS) / runs),
        Money.of(cost),
        cost.known() && runs > 0 ? perRun(cost, runs) : null,
        PerSuccessFigures.of(window.costPerSuccess(), cost.currency()),
        wasted(window),
        net == null ? null : money(net.value(), net.currency()),
        net == null ? null : net.net().map(left -> money(left, net.currency())).orElse(null),
        new ToolFigures(
            window.count(Count.TOOL_CALLS),
            RunShare.of(window.toolSuccess()),
            millis(window.latencies().quantile(0.5)),
            millis(window.latencies().quantile(0.95))),
        window.count(Count.APPROVALS),
        window.count(Count.DENIALS),
        RunShare.of(window.ungrounded()),
        window.count(Count.ANSWERS_UNKNOWN),
        RunShare.of(window.silent()),
        window.count(Count.RESULTS_UNKNOWN));
  }

  private static List<WastedFigures> wasted(Window window) {
    List<WastedFigures> all = new ArrayList<>();
    for (Waste why : Waste.values()) {
      if (window.waste().containsKey(why)) {
        all.add(new WastedFigures(why.word(), Money.of(window.wasted(why))));
      }
    }
    return all;
  }

  private static Money perRun(RunCost cost, long runs) {
    return money(
        cost.amount().divide(BigDecimal.valueOf(runs), MathContext.DECIMAL32), cost.currency());
  }

  private static Money money(BigDecimal amount, String currency) {
    return new Money(
        amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString(), currency, true);
  }

  private static @Nullable Long millis(OptionalLong quantile) {
    return quantile.isPresent() ? Long.valueOf(quantile.getAsLong()) : null;
  }
}
