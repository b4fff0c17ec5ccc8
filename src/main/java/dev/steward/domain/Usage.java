// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import org.jspecify.annotations.Nullable;

/// Tokens used by one model call, in the inclusive algebra of the GenAI conventions: input includes
/// what was read from and written to a cache, output includes reasoning. A count that the sender
/// did not give is null, never 0; the subsets are 0 when not given.
///
/// @param input all input tokens, null when unknown
/// @param output all output tokens, null when unknown
/// @param cacheRead subset of input that was read from the provider's cache
/// @param cacheWrite subset of input written to the cache, any lifetime, including `cacheWrite1h`
/// @param cacheWrite1h subset of `cacheWrite` that lives an hour
/// @param reasoning subset of output
/// @param audioInput subset of input
/// @param audioOutput subset of output
/// @param audioCacheRead subset of both cacheRead and audioInput
/// @param imageInput subset of input
/// @param imageOutput subset of output
/// @param webSearches priced by the request, not by the token
/// @param serviceTier the provider's word (default, flex, priority, batch), "" when not given
public record Usage(
    @Nullable Long input,
    @Nullable Long output,
    long cacheRead,
    long cacheWrite,
    long cacheWrite1h,
    long reasoning,
    long audioInput,
    long audioOutput,
    long audioCacheRead,
    long imageInput,
    long imageOutput,
    long webSearches,
    String serviceTier) {

  /// A usage without images in its output.
  public Usage(
      @Nullable Long input,
      @Nullable Long output,
      long cacheRead,
      long cacheWrite,
      long cacheWrite1h,
      long reasoning,
      long audioInput,
      long audioOutput,
      long audioCacheRead,
      long imageInput,
      long webSearches,
      String serviceTier) {
    this(
        input,
        output,
        cacheRead,
        cacheWrite,
        cacheWrite1h,
        reasoning,
        audioInput,
        audioOutput,
        audioCacheRead,
        imageInput,
        0,
        webSearches,
        serviceTier);
  }

  public static Usage of(long input, long output) {
    return new Usage(input, output, 0, 0, 0, 0, 0, 0, 0, 0, 0, "");
  }

  /// The two sums alone, null when neither is known.
  public static @Nullable Usage sums(@Nullable Long input, @Nullable Long output) {
    return input == null && output == null
        ? null
        : new Usage(input, output, 0, 0, 0, 0, 0, 0, 0, 0, 0, "");
  }
}
