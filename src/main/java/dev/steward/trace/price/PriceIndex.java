// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import dev.steward.domain.resource.Price;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One layer of the price book: shelves of prices by provider.
final class PriceIndex {
  private final Map<String, Shelf> shelves = new HashMap<>();

  PriceIndex(Collection<Price> prices) {
    Map<String, List<PriceRow>> rows =
        prices.stream()
            .map(PriceRow::of)
            .collect(Collectors.groupingBy(r -> Providers.KNOWN.normal(r.price().provider())));
    rows.forEach((provider, itsRows) -> shelves.put(provider, new Shelf(itsRows)));
  }

  boolean hasProvider(String normal) {
    return shelves.containsKey(normal);
  }

  /// A row for the model as this provider sells it.
  Optional<PriceRow> find(String provider, String model, Instant at) {
    return first(
            Providers.KNOWN.shelves(provider),
            shelf -> onShelf(shelf, model, at).or(() -> onShelf(shelf, provider + "/" + model, at)))
        .or(() ->
            first(
                Providers.KNOWN.shelves(provider),
                shelf -> first(ModelNames.plainer(model), name -> onShelf(shelf, name, at))));
  }

  /// A row for the model where nobody said who sold it: its path names a provider, or its maker
  /// sells it, or all who sell it ask the same.
  Optional<PriceRow> find(String model, Instant at) {
    return byPath(model, at)
        .or(() ->
            Providers.KNOWN
                .makerOf(model)
                .or(() -> first(ModelNames.plainer(model), Providers.KNOWN::makerOf))
                .flatMap(maker -> find(maker, model, at)))
        .or(() -> onlyPrice(model, at));
  }

  /// What the provider charges whatever the model.
  Optional<PriceRow> whateverTheModel(String provider, Instant at) {
    Shelf shelf = shelves.get(Providers.KNOWN.normal(provider));
    return shelf == null ? Optional.empty() : shelf.whateverTheModel(at);
  }

  private Optional<PriceRow> byPath(String model, Instant at) {
    int slash = model.indexOf('/');
    if (slash <= 0 || slash == model.length() - 1) {
      return Optional.empty();
    }
    String provider = Providers.KNOWN.normal(model.substring(0, slash));
    return find(provider, model.substring(slash + 1), at);
  }

  private Optional<PriceRow> onlyPrice(String model, Instant at) {
    List<PriceRow> offers =
        shelves.values().stream()
            .flatMap(shelf -> shelf.named(model).stream())
            .filter(row -> row.holdsAt(at))
            .sorted(java.util.Comparator.comparing(row -> row.price().name()))
            .toList();
    return offers.stream()
        .findFirst()
        .filter(offer -> offers.stream().allMatch(other -> other.sameRates(offer)));
  }

  private Optional<PriceRow> onShelf(String shelf, String model, Instant at) {
    Shelf named = shelves.get(shelf);
    return named == null ? Optional.empty() : named.find(model, at);
  }

  private static <A, B> Optional<B> first(List<A> from, Function<A, Optional<B>> lookup) {
    for (A each : from) {
      Optional<B> found = lookup.apply(each);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
