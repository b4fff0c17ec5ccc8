// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.approval;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/// What an approval cost in time; the call's span carries it.
///
/// @param waited from the request to the answer that decided, or until now
/// @param minutes that people looked at it and that no span has yet, empty when not known or none;
///   never 0 instead
public record PeoplesTime(Duration waited, Optional<BigDecimal> minutes) {
  /// Milliseconds that the call waited.
  public static final String WAITED = "steward.approval.waited_ms";

  /// Minutes of people's time.
  public static final String MINUTES = "steward.review.minutes";
}
