// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The prices of one provider, found by model name.
final class Shelf {
  private static final System.Logger LOG = System.getLogger(Shelf.class.getName());

  private final Map<String, List<PriceRow>> byName = new HashMap<>();
  private final List<Patterned> byPattern = new ArrayList<>();
  private final List<PriceRow> anyModel;

  private record Patterned(ModelPattern pattern, PriceRow row) {}

  Shelf(Collection<PriceRow> rows) {
    List<PriceRow> ordered = PriceRow.newestFirst(List.copyOf(rows));
    anyModel = ordered.stream().filter(r -> r.price().model().equals(PriceRow.ANY_MODEL)).toList();
    for (PriceRow row : ordered) {
      if (row.price().model().equals(PriceRow.ANY_MODEL)) {
        continue;
      }
      row.names()
          .distinct()
          .forEach(name -> {
            if (ModelPattern.plain(name)) {
              byName.computeIfAbsent(ModelNames.normal(name), n -> new ArrayList<>()).add(row);
            } else {
              patterned(name, row);
            }
          });
    }
    byPattern.sort(Comparator.comparingInt((Patterned p) -> p.pattern().weight()).reversed());
  }

  /// A price of an older ledger may hold an expression that is refused today: it matches nothing,
  /// and its other names still do.
  private void patterned(String name, PriceRow row) {
    try {
      byPattern.add(new Patterned(ModelPattern.of(name), row));
    } catch (IllegalArgumentException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "price {0}: {1}; apply it again with another expression",
          row.price().name(),
          e.getMessage());
    }
  }

  /// The row for exactly this name or, failing that, the row with the heaviest pattern for it.
  ///
  /// @param name in lower case
  Optional<PriceRow> find(String name, Instant at) {
    for (PriceRow row : named(name)) {
      if (row.holdsAt(at)) {
        return Optional.of(row);
      }
    }
    for (Patterned one : byPattern) {
      if (one.row().holdsAt(at) && one.pattern().matches(name)) {
        return Optional.of(one.row());
      }
    }
    return Optional.empty();
  }

  List<PriceRow> named(String name) {
    return byName.getOrDefault(name, List.of());
  }

  /// What the provider charges whatever the model.
  Optional<PriceRow> whateverTheModel(Instant at) {
    for (PriceRow row : anyModel) {
      if (row.holdsAt(at)) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }
}
