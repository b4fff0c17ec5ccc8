// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.asking;

import dev.steward.domain.Usage;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The usage that a client tells with the answer of its model: the protocol has no place for it, so
/// it is looked for where clients put it.
final class SampledUsage {
  private static final List<String> INPUT =
      List.of("inputTokens", "input_tokens", "promptTokens", "prompt_tokens");
  private static final List<String> OUTPUT =
      List.of("outputTokens", "output_tokens", "completionTokens", "completion_tokens");

  private SampledUsage() {}

  static Optional<Usage> said(ObjectNode result) {
    for (JsonNode place : List.of(result.path("usage"), result.path("_meta").path("usage"))) {
      Optional<Long> input = count(place, INPUT);
      Optional<Long> output = count(place, OUTPUT);
      if (input.isPresent() && output.isPresent()) {
        return Optional.of(Usage.of(input.get(), output.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Long> count(JsonNode usage, List<String> names) {
    for (String name : names) {
      JsonNode count = usage.path(name);
      if (count.isIntegralNumber() && count.canConvertToLong() && count.asLong() >= 0) {
        return Optional.of(count.asLong());
      }
    }
    return Optional.empty();
  }
}
