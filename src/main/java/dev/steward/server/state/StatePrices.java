// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.state;

import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.Spend;
import dev.steward.domain.Usage;
import dev.steward.domain.resource.Price;
import dev.steward.trace.price.ListedPrices;
import dev.steward.trace.rate.ContextWindows;
import dev.steward.trace.rate.HighestRates;
import dev.steward.trace.rate.PriceBook;
import dev.steward.trace.rate.UnitPrice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The prices of the State in force, over the starter table. The book is built anew only when a
/// price has changed.
public final class StatePrices implements PriceBook, ContextWindows {
  private final Supplier<State> state;
  private volatile Book book = new Book(new Object(), ListedPrices.overStarter(List.of()));

  public StatePrices(Supplier<State> state) {
    this.state = state;
  }

  private record Book(Object revision, ListedPrices listed) {}

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
  public Optional<HighestRates> highest(
      @Nullable String provider,
      String model,
      long inputMax,
      String serviceTier,
      Set<String> units,
      Instant at) {
    return inForce().highest(provider, model, inputMax, serviceTier, units, at);
  }

  @Override
  public OptionalLong tokens(
      @Nullable String provider,
      @Nullable String responseModel,
      @Nullable String requestModel,
      Instant at) {
    return inForce().tokens(provider, responseModel, requestModel, at);
  }

  @Override
  public Optional<UnitPrice> unit(
      Spend what, @Nullable String provider, @Nullable String name, Instant at) {
    return inForce().unit(what, provider, name, at);
  }

  private ListedPrices inForce() {
    State now = state.get();
    Book known = book;
    Object revision = now.revisionOf("Price");
    if (known.revision() != revision) {
      known = new Book(revision, ListedPrices.overStarter(now.all(Price.class)));
      book = known;
    }
    return known.listed();
  }
}
