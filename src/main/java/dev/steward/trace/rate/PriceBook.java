// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.rate;

import dev.steward.domain.Cost;
import dev.steward.domain.Spend;
import dev.steward.domain.Usage;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The prices in force at a moment.
@FunctionalInterface
public interface PriceBook {
  /// The price of the usage, or why there is none.
  ///
  /// @param provider normal provider name, null when not known
  Cost price(
      @Nullable String provider,
      @Nullable String responseModel,
      @Nullable String requestModel,
      @Nullable Usage usage,
      Instant at);

  /// The most that a call can be charged, empty where no price is known.
  ///
  /// @param provider normal provider name, null when not known
  /// @param inputMax tokens that its input has at most
  /// @param serviceTier as the call asks for it, "" when it does not
  /// @param units of a Price that it may be billed in beside input and output
  default Optional<HighestRates> highest(
      @Nullable String provider,
      String model,
      long inputMax,
      String serviceTier,
      Set<String> units,
      Instant at) {
    return Optional.empty();
  }

  /// The price of one piece of what is not counted in tokens, empty where none is declared.
  ///
  /// @param provider of a tool its server, of a search who offers it; null when not known
  /// @param name of the tool, the data source or the kind; null when not known
  default Optional<UnitPrice> unit(
      Spend what, @Nullable String provider, @Nullable String name, Instant at) {
    return Optional.empty();
  }
}
