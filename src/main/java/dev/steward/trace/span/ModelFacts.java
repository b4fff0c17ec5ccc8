// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Facts of a model call beside its usage.
///
/// @param provider normal provider name, such as `openai` or `gcp.gemini`
/// @param parametersJson temperature, limits and the like as one JSON object, "{}" when none
/// @param firstChunkSeconds time to the first chunk of a streamed answer
public record ModelFacts(
    @Nullable String provider,
    @Nullable String requestModel,
    @Nullable String responseModel,
    @Nullable String responseId,
    List<String> finishReasons,
    String parametersJson,
    @Nullable Double firstChunkSeconds) {

  /// The same as the one that gave this answer.
  public ModelFacts answering(@Nullable String response) {
    return new ModelFacts(
        provider,
        requestModel,
        responseModel,
        response,
        finishReasons,
        parametersJson,
        firstChunkSeconds);
  }

  /// Who sold it, the names of what was asked for and what answered, and how that ended; null when
  /// neither name is known.
  public static @Nullable ModelFacts named(
      @Nullable String provider,
      @Nullable String requestModel,
      @Nullable String responseModel,
      List<String> finishReasons) {
    return requestModel == null && responseModel == null
        ? null
        : new ModelFacts(provider, requestModel, responseModel, null, finishReasons, "{}", null);
  }
}
