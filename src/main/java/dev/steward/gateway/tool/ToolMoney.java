// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.domain.Cost;
import dev.steward.domain.Usage;
import dev.steward.domain.resource.ToolServer.CallPrice;
import dev.steward.gateway.estimate.Ceiling;
import dev.steward.gateway.estimate.WorstCase;
import dev.steward.gateway.window.Actual;
import java.math.BigDecimal;
import java.util.Optional;

/// What a tool call costs. A tool without a price is free of charge: what it moves is not what its
/// call costs.
final class ToolMoney {
  private ToolMoney() {}

  /// Unknown where no price was declared.
  static Cost cost(Pinned pinned) {
    Optional<CallPrice> price = pinned.tool().price();
    return price.isPresent()
        ? new Cost.Known(
            price.get().amount(), price.get().currency(), Cost.Source.PRICED, pinned.digest().hex())
        : new Cost.Unknown("the tool has no price");
  }

  static WorstCase worst(Pinned pinned) {
    Ceiling ceiling =
        pinned
            .tool()
            .price()
            .map(price ->
                new Ceiling(price.currency(), BigDecimal.ZERO, BigDecimal.ZERO, price.amount()))
            .orElse(Ceiling.FREE);
    return new WorstCase(0, 0, ceiling);
  }

  static Actual actual(Pinned pinned) {
    Cost cost = cost(pinned);
    return new Actual(
        Usage.of(0, 0),
        cost instanceof Cost.Known
            ? cost
            : new Cost.Known(BigDecimal.ZERO, "", Cost.Source.PRICED, ""));
  }
}
