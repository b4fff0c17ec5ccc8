// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.estimate;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/// How large a call is, as far as its body tells before it is sent.
///
/// @param provider normal provider name, "" where it is not known
/// @param bodyBytes length of the body
/// @param body the body as text; read only where its length alone says too much
/// @param images pictures in it, inline or by address
/// @param references what it only refers to or packs: files, documents, audio, an earlier response,
///   a cached content
/// @param searches web searches of the provider that it may make at most
/// @param answers how many answers it asks for, at least 1
/// @param maxOutput the longest answer it asks for, empty where it sets no limit; 0 where there is
///   no answer in tokens, as with embeddings
/// @param serviceTier as asked for, "" where it is not
/// @param units of a Price that it may be billed in beside input and output, such as `cache-write`
public record CallSize(
    String provider,
    String model,
    long bodyBytes,
    Supplier<String> body,
    int images,
    int references,
    int searches,
    int answers,
    OptionalLong maxOutput,
    String serviceTier,
    Set<String> units) {
  public CallSize {
    units = Set.copyOf(units);
  }

  /// A call with nothing in it but text.
  public static CallSize text(String provider, String model, String body, OptionalLong maxOutput) {
    return new CallSize(
        provider,
        model,
        body.getBytes(StandardCharsets.UTF_8).length,
        () -> body,
        0,
        0,
        0,
        1,
        maxOutput,
        "",
        Set.of());
  }
}
