// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Spans of the gateway that were read a moment ago, and the way to those that were read before.
final class RecentSpans {
  private static final int SPANS_MAX = 256;
  private static final long CHARACTERS_MAX = 8_000_000;

  private final Function<SpanKey, Optional<Span>> past;
  private final Map<SpanKey, Span> recent = new LinkedHashMap<>();
  private long characters;

  /// @param past finds a span that was read before
  RecentSpans(Function<SpanKey, Optional<Span>> past) {
    this.past = past;
  }

  synchronized void keep(Span span) {
    @Nullable Span before = recent.put(span.key(), span);
    characters += length(span) - (before == null ? 0 : length(before));
    Iterator<Span> eldest = recent.values().iterator();
    while (recent.size() > SPANS_MAX || characters > CHARACTERS_MAX) {
      characters -= length(eldest.next());
      eldest.remove();
    }
  }

  Optional<Span> find(SpanKey key) {
    @Nullable Span recently = recently(key);
    return recently == null ? past.apply(key) : Optional.of(recently);
  }

  private synchronized @Nullable Span recently(SpanKey key) {
    return recent.get(key);
  }

  private static long length(Span span) {
    long length = length(span.content().arguments()) + length(span.content().result());
    for (Message message : span.content().input()) {
      length += length(message);
    }
    return length;
  }

  private static long length(@Nullable Message message) {
    return message == null ? 0 : message.json().length();
  }
}
