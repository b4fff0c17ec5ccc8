// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.reading;

import dev.steward.domain.Usage;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model answered, read from a copy of the bytes.
///
/// @param model that answered, as the provider names it, null when not said
/// @param fingerprint of what answered behind that name, null when not said
/// @param responseId null when not said
/// @param usage null when the provider did not report it
/// @param reportedCost in US dollars where the provider says what the call cost
/// @param messages what the model said, a JSON array in the provider's own form, "" when nothing
/// @param error what the provider's error says, null where there is none
/// @param ended whether the provider said that this is all
public record Answered(
    @Nullable String model,
    @Nullable String fingerprint,
    @Nullable String responseId,
    List<String> finishReasons,
    @Nullable Usage usage,
    @Nullable BigDecimal reportedCost,
    String messages,
    @Nullable String error,
    boolean ended) {
  /// Nothing could be read.
  public static final Answered NOTHING =
      new Answered(null, null, null, List.of(), null, null, "", null, false);

  public Answered {
    finishReasons = List.copyOf(finishReasons);
  }
}
