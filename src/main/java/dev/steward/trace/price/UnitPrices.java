// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import dev.steward.domain.Spend;
import dev.steward.domain.resource.Price;
import dev.steward.trace.rate.UnitPrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The prices of what is counted one by one, by what it is and who offers it.
final class UnitPrices {
  private final Map<Spend, Map<String, Shelf>> shelves = new EnumMap<>(Spend.class);

  UnitPrices(Collection<Price> prices) {
    for (Spend what : Spend.values()) {
      Map<String, List<PriceRow>> rows = new TreeMap<>();
      for (Price price : prices) {
        if (price.per().containsKey(what.unit())) {
          rows.computeIfAbsent(Providers.KNOWN.normal(price.provider()), _ -> new ArrayList<>())
              .add(PriceRow.of(price));
        }
      }
      Map<String, Shelf> ofUnit = new TreeMap<>();
      rows.forEach((provider, itsRows) -> ofUnit.put(provider, new Shelf(itsRows)));
      shelves.put(what, ofUnit);
    }
  }

  /// The price by this name, else what its provider asks whatever the name. Where nobody says who
  /// offers it, all who do must ask the same.
  Optional<UnitPrice> find(
      Spend what, @Nullable String provider, @Nullable String name, Instant at) {
    Map<String, Shelf> ofUnit = shelves.getOrDefault(what, Map.of());
    List<PriceRow> offers = new ArrayList<>();
    for (Shelf shelf : asked(ofUnit, provider)) {
      if (name != null && name.length() <= ModelNames.LENGTH_MAX) {
        shelf.find(ModelNames.normal(name), at).ifPresent(offers::add);
      }
    }
    if (offers.isEmpty() && (provider != null || anyones(what))) {
      for (Shelf shelf : asked(ofUnit, provider)) {
        shelf.whateverTheModel(at).ifPresent(offers::add);
      }
    }
    return offers.isEmpty() ? Optional.empty() : Optional.of(agreed(what, offers));
  }

  private static Collection<Shelf> asked(Map<String, Shelf> ofUnit, @Nullable String provider) {
    if (provider == null) {
      return ofUnit.values();
    }
    Shelf shelf = ofUnit.get(Providers.KNOWN.normal(provider));
    return shelf == null ? List.of() : List.of(shelf);
  }

  /// A tool belongs to a server, so that one server's price for all its tools says nothing of a
  /// tool of which no server is known; seconds and minutes are anyone's.
  private static boolean anyones(Spend what) {
    return what != Spend.TOOL && what != Spend.API;
  }

  private static UnitPrice agreed(Spend what, List<PriceRow> offers) {
    Price first = offers.getFirst().price();
    BigDecimal rate = first.per().getOrDefault(what.unit(), BigDecimal.ZERO);
    for (PriceRow offer : offers) {
      BigDecimal other = offer.price().per().getOrDefault(what.unit(), BigDecimal.ZERO);
      if (other.compareTo(rate) != 0 || !offer.price().currency().equals(first.currency())) {
        return new UnitPrice.Several(
            "several prices of a %s hold, such as %s and %s"
                .formatted(what.unit(), first.name(), offer.price().name()));
      }
    }
    return new UnitPrice.One(
        Providers.KNOWN.normal(first.provider()),
        rate,
        first.currency(),
        offers.getFirst().digest());
  }
}
