// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.budget.LentWindow;
import dev.steward.control.budget.Share;
import dev.steward.control.budget.WindowKey;
import dev.steward.control.event.Event;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.widening.MoreMoney;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Budget;
import java.math.BigDecimal;
import java.util.Optional;

/// What is decided about money: what a node may spend of a window before it asks again, and who
/// adds to one. Here it is kept that all nodes together never have more than the limit.
final class Lending {
  private static final int RUN_CHARACTERS_MAX = 200;

  private final Matter matter;

  Lending(Matter matter) {
    this.matter = matter;
  }

  void take(Command.TakeLease take) {
    matter.needServer("lends parts of a budget");
    WindowKey key = take.window();
    LentWindow window = matter.state().budgets().window(key);
    BigDecimal granted = take.amount().min(left(key, window));
    if (granted.signum() > 0) {
      matter
          .decided()
          .add(
              new Event.LeaseTaken(
                  key.budget(), key.unit(), key.period(), take.node(), granted, take.spent()));
    }
  }

  void giveBack(Command.ReturnLease back) {
    matter.needServer("lends parts of a budget");
    WindowKey key = back.window();
    Share share = matter.state().budgets().window(key).share(back.node());
    BigDecimal amount = back.amount().min(share.lent()).max(BigDecimal.ZERO);
    if (amount.signum() > 0 || back.spent().compareTo(share.spent()) > 0) {
      matter
          .decided()
          .add(
              new Event.LeaseReturned(
                  key.budget(), key.unit(), key.period(), back.node(), amount, back.spent()));
    }
  }

  void topUp(Command.TopUpBudget topUp) {
    WindowKey key = wished(topUp).window();
    matter
        .decided()
        .add(
            new Event.BudgetToppedUp(
                key.budget(),
                key.unit(),
                key.period(),
                topUp.amount(),
                matter.seal(topUp.reason())));
  }

  /// The same as it was proposed: for that window, and for none that began since.
  void topUp(MoreMoney more) {
    Command.TopUpBudget topUp =
        new Command.TopUpBudget(
            more.window().budget(), more.window().run(), more.amount(), more.reason());
    if (!wished(topUp).window().equals(more.window())) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          "the window that it was wanted for is over; reject it, and top up the open one");
    }
    topUp(topUp);
  }

  /// What is wanted, where it may be.
  ///
  /// @throws ApiException with the reason why not
  MoreMoney wished(Command.TopUpBudget topUp) {
    Budget budget =
        matter
            .state()
            .find(Budget.class, topUp.budget())
            .orElseThrow(() -> matter.notFound("Budget", topUp.budget(), matter.names("Budget")));
    Target target = Scopes.of(budget);
    matter.need(Permission.OPERATE, target);
    if (topUp.amount().signum() <= 0 || !CanonicalJson.writable(topUp.amount())) {
      throw new ApiException(
          ErrorCode.INVALID,
          "a top-up is more than 0 " + budget.limit().unit() + "; lower the limit to take away");
    }
    if (topUp.reason().isBlank()) {
      throw new ApiException(ErrorCode.INVALID, "a top-up needs a reason");
    }
    return new MoreMoney(budget, window(budget, topUp), topUp.amount(), topUp.reason());
  }

  private WindowKey window(Budget budget, Command.TopUpBudget topUp) {
    boolean ofRuns = budget.window().every() == Budget.Every.RUN;
    if (ofRuns && (topUp.run().isBlank() || topUp.run().length() > RUN_CHARACTERS_MAX)) {
      throw new ApiException(
          ErrorCode.INVALID,
          "budget " + budget.name() + " has a window for each run; name the run to top up");
    }
    if (!ofRuns && !topUp.run().isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID,
          "budget "
              + budget.name()
              + " has one window for all runs; leave the run out to top that up");
    }
    return ofRuns ? WindowKey.ofRun(budget, topUp.run()) : WindowKey.at(budget, matter.now());
  }

  private BigDecimal left(WindowKey key, LentWindow window) {
    Optional<Budget> budget =
        matter
            .state()
            .find(Budget.class, key.budget())
            .filter(found -> found.limit().unit().equals(key.unit()));
    return budget
        .map(found -> found.limit().amount().add(window.toppedUp()).subtract(window.taken()))
        .orElse(BigDecimal.ZERO)
        .max(BigDecimal.ZERO);
  }
}
