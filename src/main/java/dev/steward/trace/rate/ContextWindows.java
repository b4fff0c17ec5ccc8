// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.rate;

import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// How many tokens models take in one call, as known at a moment.
@FunctionalInterface
public interface ContextWindows {
  /// Nobody says.
  ContextWindows UNKNOWN = (provider, responseModel, requestModel, at) -> OptionalLong.empty();

  /// Empty where nobody says.
  ///
  /// @param provider normal provider name, null when not known
  OptionalLong tokens(
      @Nullable String provider,
      @Nullable String responseModel,
      @Nullable String requestModel,
      Instant at);
}
