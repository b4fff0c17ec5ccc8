// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Who sells models under which names, read once from `prices/providers.csv`.
public final class Providers {
  public static final Providers KNOWN = read("providers.csv");

  private final Map<String, Provider> byName = new HashMap<>();
  private final List<Provider> all;

  private Providers(List<Provider> all) {
    this.all = all;
    for (Provider provider : all) {
      byName.put(provider.name(), provider);
      provider.aliases().forEach(alias -> byName.put(alias, provider));
    }
  }

  /// One line of the file.
  ///
  /// @param alsoAt providers whose prices hold for models that this one resells
  /// @param makes patterns of the models that it is the first to sell
  private record Provider(
      String name, List<String> aliases, List<String> alsoAt, List<ModelPattern> makes) {}

  private static Providers read(String file) {
    return new Providers(
        PriceLines.of(file).stream()
            .map(line ->
                new Provider(
                    line.get(0),
                    words(line.get(1)),
                    words(line.get(2)),
                    words(line.get(3)).stream().map(ModelPattern::of).toList()))
            .toList());
  }

  private static List<String> words(String cell) {
    return Arrays.stream(cell.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  /// The provider's normal name; a name we do not know is only brought to one spelling.
  public String normal(String name) {
    String spelt = name.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    Provider known = byName.get(spelt);
    return known == null ? spelt : known.name();
  }

  /// Whether this is the normal name of a provider in the file.
  public boolean knows(String normal) {
    return byName.containsKey(normal);
  }

  /// Under which providers to look for a price, the nearest first.
  List<String> shelves(String normal) {
    Provider known = byName.get(normal);
    if (known == null) {
      return List.of(normal);
    }
    List<String> shelves = new ArrayList<>(List.of(normal));
    shelves.addAll(known.alsoAt());
    return shelves;
  }

  /// Who makes the model and sells it first.
  ///
  /// @param model in lower case
  Optional<String> makerOf(String model) {
    return all.stream()
        .filter(provider -> provider.makes().stream().anyMatch(p -> p.matches(model)))
        .map(Provider::name)
        .findFirst();
  }
}
