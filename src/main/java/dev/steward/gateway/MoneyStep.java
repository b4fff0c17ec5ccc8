// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway;

import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Cost;
import dev.steward.domain.Subject;
import dev.steward.domain.Usage;
import dev.steward.domain.resource.Budget;
import dev.steward.gateway.budget.Budgets;
import dev.steward.gateway.budget.Held;
import dev.steward.gateway.budget.Reservation;
import dev.steward.gateway.estimate.CallSize;
import dev.steward.gateway.estimate.Ceiling;
import dev.steward.gateway.estimate.SizeReader;
import dev.steward.gateway.estimate.UsageEstimate;
import dev.steward.gateway.estimate.WorstCase;
import dev.steward.gateway.estimate.WorstCases;
import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.reading.Answered;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.CallRecord.Attempt;
import dev.steward.gateway.window.Actual;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.trace.rate.PriceBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Reserves what a call can cost at most before it is sent, and charges what it cost after.
public final class MoneyStep {
  /// Tries after which a provider may have worked, though it gave no answer.
  private static final Set<String> MAY_HAVE_WORKED = Set.of("broken", "late", "cut");

  private final Budgets budgets;
  private final WorstCases worstCases;
  private final UsageEstimate estimates;
  private final PriceBook prices;

  public MoneyStep(
      Budgets budgets, WorstCases worstCases, UsageEstimate estimates, PriceBook prices) {
    this.budgets = budgets;
    this.worstCases = worstCases;
    this.estimates = estimates;
    this.prices = prices;
  }

  /// What is held for the call, empty where no budget can be concerned.
  ///
  /// @throws RefusedException BUDGET when some budget has not enough left
  Optional<Held> reserve(State state, Subject who, Asked asked, List<ModelChoice> chain) {
    return reserve(state, who, () -> worst(asked, chain));
  }

  /// What is held for a call of which no more than its worst case is known.
  ///
  /// @throws RefusedException BUDGET when some budget has not enough left
  public Optional<Held> reserve(State state, Subject who, Supplier<WorstCase> worst) {
    if (who.shadow()
        && state.all(Budget.class).stream().noneMatch(each -> each.scope().covers(who))) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.BUDGET,
              "No budget pays for this copy of a live call: apply one whose scope has"
                  + " 'shadow: true'."));
    }
    if (!state.any(Budget.class)) {
      return Optional.empty();
    }
    try {
      return switch (budgets.reserve(who, worst.get())) {
        case Held held -> Optional.of(held);
        case Reservation.Exhausted exhausted ->
            throw new RefusedException(Refusal.of(Refusal.Kind.BUDGET, exhausted.words()));
      };
    } catch (ApiException e) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.STOPPING,
              "The budget cannot be kept now, so the call was not sent: " + e.getMessage()),
          e);
    }
  }

  /// The most that a call of that size can cost.
  public WorstCase worst(CallSize size) {
    return worstCases.of(size);
  }

  /// What an answer has used that a client's own model gave to a tool server; empty where it cannot
  /// be told.
  ///
  /// @param model that answered
  /// @param asked parameters of `sampling/createMessage`
  public Optional<Usage> sampled(String model, ObjectNode asked, ObjectNode answered) {
    return estimates.ofSampling(model, asked, answered);
  }

  /// What a use of a model costs whose seller is not known.
  ///
  /// @param hint the model that was asked for, "" for any
  public Cost cost(String model, String hint, @Nullable Usage usage, Instant at) {
    return prices.price(
        null, model.isEmpty() ? null : model, hint.isEmpty() ? null : hint, usage, at);
  }

  /// The dearest of the models that may be asked.
  private WorstCase worst(Asked asked, List<ModelChoice> chain) {
    WorstCase worst = worstCases.of(SizeReader.read(asked, chain.getFirst()));
    for (ModelChoice choice : chain.subList(1, chain.size())) {
      WorstCase other = worstCases.of(SizeReader.read(asked, choice));
      worst = dearer(other, worst) ? other : worst;
    }
    return worst;
  }

  private static boolean dearer(WorstCase one, WorstCase other) {
    if (one.ceiling().isEmpty() || other.ceiling().isEmpty()) {
      return one.ceiling().isEmpty();
    }
    String currency = one.ceiling().get().currency();
    BigDecimal first = one.amount(currency).orElse(BigDecimal.ZERO);
    return other.amount(currency).map(amount -> first.compareTo(amount) > 0).orElse(true);
  }

  /// The most that the call can cost when that model answers it.
  Cost atMost(Asked asked, ModelChoice choice) {
    WorstCase worst = worstCases.of(SizeReader.read(asked, choice));
    return worst
        .ceiling()
        .flatMap(prices -> worst.amount(prices.currency()).map(most -> known(most, prices)))
        .orElse(new Cost.Unknown("nobody knows the prices of " + choice.model()));
  }

  private static Cost known(BigDecimal amount, Ceiling prices) {
    return new Cost.Known(amount, prices.currency(), Cost.Source.ESTIMATED, "");
  }

  /// Tells what a call has about cost when so many tokens of its answer have come. It counts the
  /// input when it is first asked, since few calls are looked at.
  LongFunction<Cost> soFar(Asked asked, ModelChoice choice, Instant at) {
    return new SoFar(prices, asked, choice, at);
  }

  /// What the call cost.
  Cost cost(CallRecord call) {
    Answered answered = call.answered();
    ModelChoice choice = call.choice();
    if (choice == null) {
      return new Cost.Unknown("no model was asked");
    }
    if (answered.reportedCost() != null) {
      return new Cost.Known(answered.reportedCost(), "USD", Cost.Source.REPORTED, "");
    }
    Asked asked = call.asked();
    if (answered.usage() == null && asked != null) {
      call.estimated(estimates.of(asked, choice, answered).orElse(null));
    }
    Cost cost =
        prices.price(
            choice.priceName(), answered.model(), choice.model(), call.usage(), call.startedAt());
    return call.isEstimated() ? cost.estimated() : cost;
  }

  /// Charges the call, or gives back what was held where it cannot have cost anything.
  void settle(CallRecord call, Cost cost, @Nullable Held held) {
    if (held == null) {
      return;
    }
    Usage usage = call.usage();
    if (costNothing(call)) {
      held.release();
    } else {
      held.settle(new Actual(usage, cost));
      if (usage == null || cost instanceof Cost.Unknown) {
        call.chargedReservation();
      }
    }
  }

  /// Whether no provider can have worked for it.
  static boolean costNothing(CallRecord call) {
    List<Attempt> attempts = call.attempts();
    return call.usage() == null
        && attempts.stream().noneMatch(a -> MAY_HAVE_WORKED.contains(a.outcome()))
        && (attempts.isEmpty() || !attempts.getLast().outcome().startsWith("2"));
  }
}
