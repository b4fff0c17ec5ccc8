// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.Usage;
import dev.steward.domain.resource.Price;
import dev.steward.trace.ContextWindows;
import dev.steward.trace.PriceBook;
import dev.steward.trace.price.ListedPrices;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The prices of the State in force, over the starter table. The book is built anew only when a
/// price has changed.
final class StatePrices implements PriceBook, ContextWindows {
  private final Supplier<State> state;
  private volatile Book book = new Book(-1, List.of(), ListedPrices.overStarter(List.of()));

  StatePrices(Supplier<State> state) {
    this.state = state;
  }

  private record Book(long sequence, List<Price> prices, ListedPrices listed) {}

  @Override
  public Cost price(
      @Nullable String provider,
      @Nullable String responseModel,
      @Nullable String requestModel,
      @Nullable Usage usage,
      Instant at) {
    return inForce().price(provider, responseModel, requestModel, usage, at);
  }

  @Override
  public OptionalLong tokens(
      @Nullable String provider,
      @Nullable String responseModel,
      @Nullable String requestModel,
      Instant at) {
    return inForce().tokens(provider, responseModel, requestModel, at);
  }

  private ListedPrices inForce() {
    State now = state.get();
    Book known = book;
    if (known.sequence() != now.sequence()) {
      List<Price> prices = List.copyOf(now.all(Price.class));
      boolean same = known.prices().equals(prices);
      known =
          new Book(
              now.sequence(), prices, same ? known.listed() : ListedPrices.overStarter(prices));
      book = known;
    }
    return known.listed();
  }
}
