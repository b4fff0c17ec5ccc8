// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.widening;

import dev.steward.control.gate.Pinning;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Price;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Compares a price with what it was: whether budgets in money would stop calls later. What a model
/// or tool costs where no Price is declared is not known here, so a new one and one that is gone
/// cannot be compared.
final class PriceWidening {
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  private final Words words;

  PriceWidening(Words words) {
    this.words = words;
  }

  /// @param before empty where it is new
  /// @param after empty where it would be gone
  void look(Optional<Price> before, Optional<Price> after, Place place) {
    boolean concerned =
        before.filter(price -> prices(price, place)).isPresent()
            || after.filter(price -> prices(price, place)).isPresent();
    Optional<Budget> budget = concerned ? budget(place) : Optional.empty();
    if (budget.isEmpty()) {
      return;
    }
    String name = before.or(() -> after).map(Price::name).orElse("");
    String stops = "budget " + budget.get().name() + " would stop " + place;
    if (before.isEmpty() || after.isEmpty() || !comparable(before.get(), after.get())) {
      words.widens(
          "price " + name + " cannot be compared with what holds now: " + stops + " later");
    } else if (cheaper(before.get(), after.get())) {
      words.widens("price " + name + " would be lower: " + stops + " later");
    } else if (cheaper(after.get(), before.get())) {
      words.narrows("price " + name + " would be higher: " + stops + " earlier");
    }
  }

  /// A budget in money that pays there, empty where no price matters.
  private static Optional<Budget> budget(Place place) {
    for (Budget budget : place.state().all(Budget.class)) {
      if (CURRENCY.matcher(budget.limit().unit()).matches()
          && Pinning.concerns(budget.scope(), place.agent(), place.environment())) {
        return Optional.of(budget);
      }
    }
    return Optional.empty();
  }

  private static boolean comparable(Price before, Price after) {
    return before.provider().equals(after.provider())
        && before.model().equals(after.model())
        && before.match().equals(after.match())
        && before.currency().equals(after.currency())
        && before.tiers().equals(after.tiers())
        && before.perMillion().keySet().equals(after.perMillion().keySet())
        && before.per().keySet().equals(after.per().keySet())
        && before.validFrom().equals(after.validFrom())
        && java.util.Objects.equals(before.validUntil(), after.validUntil());
  }

  private static boolean cheaper(Price before, Price after) {
    return lower(before.perMillion(), after.perMillion()) || lower(before.per(), after.per());
  }

  private static boolean lower(Map<String, BigDecimal> before, Map<String, BigDecimal> after) {
    for (Map.Entry<String, BigDecimal> rate : before.entrySet()) {
      BigDecimal is = after.get(rate.getKey());
      if (is != null && is.compareTo(rate.getValue()) < 0) {
        return true;
      }
    }
    return false;
  }

  /// Whether it is of something that the version there uses.
  private static boolean prices(Price price, Place place) {
    if (price.model().equals("*")) {
      return true;
    }
    for (AgentVersion.ModelUse use : place.version().models()) {
      if (named(price, use.model())) {
        return true;
      }
    }
    for (AgentVersion.ToolUse use : place.version().tools()) {
      if (price.provider().equals(use.server())
          || use.tools().stream().anyMatch(t -> named(price, t))) {
        return true;
      }
    }
    return false;
  }

  /// Dated names of a model begin with its own.
  private static boolean named(Price price, String used) {
    String name = used.toLowerCase(Locale.ROOT);
    String priced = price.model().toLowerCase(Locale.ROOT);
    return name.startsWith(priced)
        || priced.startsWith(name)
        || price.match().stream().anyMatch(pattern -> fits(pattern, name));
  }

  /// Of patterns that must all hold one is enough here: rather too many prices than too few.
  private static boolean fits(String pattern, String name) {
    for (String part : pattern.toLowerCase(Locale.ROOT).split(" && ", -1)) {
      if (part.length() > 2 && part.startsWith("/") && part.endsWith("/")) {
        if (Pattern.compile(part.substring(1, part.length() - 1)).matcher(name).find()) {
          return true;
        }
      } else if (glob(part).matcher(name).matches()) {
        return true;
      }
    }
    return false;
  }

  private static Pattern glob(String part) {
    return Pattern.compile("\\Q" + part.replace("*", "\\E.*\\Q") + "\\E");
  }
}
