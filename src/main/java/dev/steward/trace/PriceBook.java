// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import dev.steward.domain.Cost;
import dev.steward.domain.Usage;
import java.time.Instant;
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
}
