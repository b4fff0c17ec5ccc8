// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import dev.steward.domain.Cost;
import dev.steward.domain.Spend;
import dev.steward.domain.Usage;
import dev.steward.domain.resource.Price;
import dev.steward.trace.rate.ContextWindows;
import dev.steward.trace.rate.HighestRates;
import dev.steward.trace.rate.PriceBook;
import dev.steward.trace.rate.UnitPrice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The price book made of Price resources: immutable, built anew when a price changes. Rows of an
/// earlier layer override those of a later one.
public final class ListedPrices implements PriceBook, ContextWindows {
  private final List<PriceIndex> layers;
  private final UnitPrices units;

  private ListedPrices(List<PriceIndex> layers, Collection<Price> declared) {
    this.layers = layers;
    this.units = new UnitPrices(declared);
  }

  /// A book of these prices and no others.
  public static ListedPrices of(Collection<Price> prices) {
    return new ListedPrices(List.of(new PriceIndex(prices)), prices);
  }

  /// A book of what operators declared, and of the starter table for what they did not.
  public static ListedPrices overStarter(Collection<Price> declared) {
    return new ListedPrices(List.of(new PriceIndex(declared), StarterPrices.INDEX), declared);
  }

  @Override
  public Cost price(
      @Nullable String provider,
      @Nullable String responseModel,
      @Nullable String requestModel,
      @Nullable Usage usage,
      Instant at) {
    if (usage == null) {
      return new Cost.Unknown("no usage reported");
    }
    List<String> models = names(responseModel, requestModel);
    if (models.isEmpty()) {
      return new Cost.Unknown("no model named");
    }
    Optional<PriceRow> row = find(provider, models, at);
    if (row.isEmpty()) {
      return new Cost.Unknown(
          "no price for model "
              + models.getFirst()
              + (provider == null ? "" : " of provider " + provider)
              + " at "
              + at);
    }
    return new Tariff(row.get(), surcharges(row.get(), at), usage, at).bill();
  }

  @Override
  public Optional<HighestRates> highest(
      @Nullable String provider,
      String model,
      long inputMax,
      String serviceTier,
      Set<String> units,
      Instant at) {
    return find(provider, names(null, model), at)
        .flatMap(row -> Highest.of(row, surcharges(row, at), inputMax, serviceTier, units));
  }

  @Override
  public Optional<UnitPrice> unit(
      Spend what, @Nullable String provider, @Nullable String name, Instant at) {
    return units.find(what, provider, name, at);
  }

  /// The price in force that a call of this model would be billed by.
  public Optional<Price> find(
      @Nullable String provider,
      @Nullable String responseModel,
      @Nullable String requestModel,
      Instant at) {
    return find(provider, names(responseModel, requestModel), at).map(PriceRow::price);
  }

  /// By the first row that says one: a price that was declared without it hides no other's.
  @Override
  public OptionalLong tokens(
      @Nullable String provider,
      @Nullable String responseModel,
      @Nullable String requestModel,
      Instant at) {
    return rows(provider, names(responseModel, requestModel), at)
        .map(row -> row.price().contextWindow())
        .filter(Objects::nonNull)
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /// The first of `rows`; it stands on the way of every call.
  private Optional<PriceRow> find(@Nullable String provider, List<String> models, Instant at) {
    String seller = provider == null ? null : seller(provider);
    for (PriceIndex layer : layers) {
      for (String model : models) {
        Optional<PriceRow> row = find(layer, seller, model, at);
        if (row.isPresent()) {
          return row;
        }
      }
    }
    return Optional.empty();
  }

  /// Those of an earlier layer first, and in a layer those of the model named first.
  private Stream<PriceRow> rows(@Nullable String provider, List<String> models, Instant at) {
    String seller = provider == null ? null : seller(provider);
    return layers.stream()
        .flatMap(layer -> models.stream().map(model -> find(layer, seller, model, at)))
        .flatMap(Optional::stream);
  }

  private static Optional<PriceRow> find(
      PriceIndex layer, @Nullable String seller, String model, Instant at) {
    return seller == null ? layer.find(model, at) : layer.find(seller, model, at);
  }

  /// The provider's normal name, null when the word is no seller of models but, say, a framework.
  private @Nullable String seller(String provider) {
    String normal = Providers.KNOWN.normal(provider);
    if (Providers.KNOWN.knows(normal)) {
      return normal;
    }
    for (PriceIndex layer : layers) {
      if (layer.hasProvider(normal)) {
        return normal;
      }
    }
    return null;
  }

  private List<PriceRow> surcharges(PriceRow row, Instant at) {
    List<PriceRow> surcharges = new ArrayList<>(layers.size());
    for (PriceIndex layer : layers) {
      layer.whateverTheModel(row.price().provider(), at).ifPresent(surcharges::add);
    }
    return surcharges;
  }

  private static List<String> names(@Nullable String responseModel, @Nullable String requestModel) {
    List<String> names = new ArrayList<>(2);
    add(names, responseModel);
    add(names, requestModel);
    return names;
  }

  private static void add(List<String> names, @Nullable String model) {
    if (model != null && !model.isBlank() && model.length() <= ModelNames.LENGTH_MAX) {
      String normal = ModelNames.normal(model);
      if (!names.contains(normal)) {
        names.add(normal);
      }
    }
  }
}
