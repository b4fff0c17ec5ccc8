// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a model costs during a stretch of time.
///
/// @param provider normal provider name
/// @param model the model's id; `match` holds further patterns it is known by, `*` for any
///   characters
/// @param currency ISO 4217
/// @param perMillion price of a million units, by what is counted: input, output, cache-read,
///   cache-write, cache-write-1h, reasoning, audio-input, audio-output, audio-cache-read,
///   image-input; and `web-search` per thousand requests. What has no price of its own costs as the
///   set it is part of
/// @param tiers prices that replace the above once the input passes a number of tokens
/// @param validFrom inclusive
/// @param validUntil exclusive, null for as long as nothing replaces it
public record Price(
    Metadata metadata,
    String provider,
    String model,
    List<String> match,
    String currency,
    Map<String, BigDecimal> perMillion,
    List<Tier> tiers,
    Instant validFrom,
    @Nullable Instant validUntil)
    implements Resource {

  /// Prices for large inputs or another service tier.
  ///
  /// @param above input tokens that must be exceeded
  /// @param serviceTier "" for any
  public record Tier(long above, String serviceTier, Map<String, BigDecimal> perMillion) {}
}
