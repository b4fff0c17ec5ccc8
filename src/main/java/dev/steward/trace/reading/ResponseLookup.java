// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import dev.steward.trace.span.SpanKey;
import java.util.Map;
import java.util.Set;

/// Finds the spans that gave responses long ago: `SpanStore::answered`.
@FunctionalInterface
public interface ResponseLookup {
  /// Knows nothing of the past.
  ResponseLookup NONE = responses -> Map.of();

  /// Those that are known, by the id of the response.
  Map<String, SpanKey> answered(Set<String> responseIds);
}
