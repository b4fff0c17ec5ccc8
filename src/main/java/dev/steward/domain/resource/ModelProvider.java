// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import java.time.Duration;
import java.util.List;

/// Somebody who answers model calls.
///
/// @param dialect openai, anthropic, gemini or bedrock
/// @param url the base that its own SDK takes: with `/v1` for openai, without a version for the
///   others; a query of it, such as `?api-version=`, goes with every call
/// @param secret name of the secret that holds its key, never the key
public record ModelProvider(
    Metadata metadata, String dialect, String url, String secret, List<String> models, Reach reach)
    implements Resource {

  /// How it is called.
  ///
  /// @param keyHeader the header that carries the key, "" for the one of the dialect
  /// @param region that requests are signed for, "" where the address names it
  /// @param concurrency calls that it may be answering at once
  /// @param attempts how often one call is tried here before the next model of the chain
  /// @param connect longest wait for a connection
  /// @param firstByte longest wait from the request to the first byte of the answer
  /// @param idle longest wait between two parts of the answer
  public record Reach(
      String keyHeader,
      String region,
      int concurrency,
      int attempts,
      Duration connect,
      Duration firstByte,
      Duration idle) {
    public static final Reach USUAL =
        new Reach(
            "", "", 512, 2, Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofMinutes(5));
  }
}
