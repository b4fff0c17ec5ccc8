// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.ingest;

import java.time.Duration;

/// Limits of what is accepted.
///
/// @param inFlightBytesMax request bytes waiting for their sync at once; above it SLOW_DOWN
/// @param retryAfter what a client that was sent away is told to wait
public record IngestConfig(long inFlightBytesMax, Duration retryAfter) {

  public static final IngestConfig DEFAULT = new IngestConfig(64L << 20, Duration.ofSeconds(1));

  public IngestConfig {
    if (inFlightBytesMax <= 0) {
      throw new IllegalArgumentException("the limit of bytes in flight is not positive");
    }
  }
}
